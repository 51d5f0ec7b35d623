import './style/base.css';
import './style/page.css';
import './style/panel.css';
import './style/viewport.css';
import './style/sheets.css';
import './style/narrow.css';
import { App } from './ui/app';
import { contextOf } from './context';

void contextOf(window.location).then((context) => new App(context).start());
