import './style.css';
import { button, element, fill } from '../ui/dom';
import { link, root, seriesPath, slideName } from './address';
import { askHeading, askPyramid, askWatermark, NoSlide } from './ask';
import { word } from './words';

void start();

async function start(): Promise<void> {
  say(word('loading'), false);
  const { pathname, search } = window.location;
  const name = slideName(search);
  if (name === undefined) {
    say(word('notNamed'), false);
    return;
  }
  const base = root(pathname);
  // Nothing of them is needed to show the slide; without them it is shown all the same.
  const heading = askHeading(base, name.study).catch(() => '');
  const watermark = askWatermark(link(pathname)).catch(() => '');
  // Comes at the same time as what it is to show.
  const program = import('./page');
  try {
    const pyramid = await askPyramid(base, name);
    const page = new (await program).SlidePage(pyramid, seriesPath(base, name));
    page.named(await heading);
    page.marked(await watermark);
  } catch (error) {
    if (!(error instanceof NoSlide)) {
      throw error;
    }
    say(error.message, error.again);
  }
}

function say(text: string, again: boolean): void {
  const message = element('p', 'message', text);
  message.setAttribute('role', 'status');
  fill(document.body, message, ...(again ? [button('again', word('again'), () => void start())] : []));
}
