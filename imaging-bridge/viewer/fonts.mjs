// Puts the fonts of PDF files, and their licences, beside the classes that draw with them.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const to = join(here, '..', 'target', 'classes', 'pdf');
const fonts = { 'noto-sans-sc': 'NotoSansSC', 'noto-sans': 'NotoSans' };

mkdirSync(to, { recursive: true });
for (const [name, font] of Object.entries(fonts)) {
  const from = join(here, 'node_modules', '@expo-google-fonts', name);
  copyFileSync(join(from, '400Regular', `${font}_400Regular.ttf`), join(to, `${font}-Regular.ttf`));
  copyFileSync(join(from, 'LICENSE_FONT'), join(to, `${font}-OFL.txt`));
}
