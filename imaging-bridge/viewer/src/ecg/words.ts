// The words of the page; those on the drawing are the server's.

export type Language = 'zh' | 'en';

const WORDS = {
  title: ['心电图', 'ECG'],
  layout: ['排列', 'Layout'],
  speed: ['走纸速度', 'Speed'],
  gain: ['增益', 'Gain'],
  time: ['时间卡尺', 'Time caliper'],
  voltage: ['电压卡尺', 'Voltage caliper'],
  march: ['等距延伸', 'March out'],
  whole: ['整页', 'Whole page'],
  zoomIn: ['放大', 'Zoom in'],
  zoomOut: ['缩小', 'Zoom out'],
  earlier: ['前一段', 'Earlier'],
  later: ['后一段', 'Later'],
  print: ['打印', 'Print'],
  pdf: ['PDF', 'PDF'],
  language: ['English', '中文'],
  loading: ['正在载入心电图…', 'The ECG is coming…'],
  notNamed: ['地址中没有指明心电图。', 'The address names no ECG.'],
  ended: ['无权查看，或链接已失效。请重新打开链接。', 'You may not see this, or the link has ended. Open the link again.'],
  notFound: ['没有这份心电图。', 'There is no such ECG.'],
  notDrawn: ['这份记录无法绘制：', 'This recording cannot be drawn: '],
  failed: ['载入失败，请检查网络后重试。', 'It could not be loaded. Check the network and try again.'],
  again: ['重试', 'Try again'],
  handle: ['卡尺手柄，可用方向键移动', 'Handle of the caliper; arrow keys move it'],
} as const;

export type Word = keyof typeof WORDS;

export function word(which: Word, language: Language): string {
  return WORDS[which][language === 'zh' ? 0 : 1];
}

/** The language of the address, else of the browser. */
export function language(search: string, browser: string): Language {
  const asked = new URLSearchParams(search).get('lang') ?? browser;
  return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
