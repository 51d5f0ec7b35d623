import './style.css';
import { App } from './ui/app';
import { contextOf } from './context';

void contextOf(window.location).then((context) => new App(context).start());
