import './style/base.css';
import './style/page.css';
import './style/panel.css';
import './style/viewport.css';
import './style/sheets.css';
import './style/narrow.css';
import { App } from './ui/app';
import { contextOf } from './context';
import { say } from './i18n';

contextOf(window.location)
  .then((context) => new App(context).start())
  .catch((error: unknown) => {
    document.body.textContent = `${say('failed')}: ${error instanceof Error ? error.message : String(error)}`;
  });
