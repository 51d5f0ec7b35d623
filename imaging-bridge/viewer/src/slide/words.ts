import { currentLanguage } from '../i18n';

const WORDS = {
  title: ['数字切片', 'Slide'],
  loading: ['正在载入切片…', 'The slide is coming…'],
  notNamed: ['地址中没有指明切片。', 'The address names no slide.'],
  notFound: ['没有这张切片。', 'There is no such slide.'],
  ended: ['访问已失效，请重新打开链接。', 'Access has ended; open the link again.'],
  notShown: ['这张切片无法显示：', 'This slide cannot be shown: '],
  failed: ['载入失败，请检查网络后重试。', 'It could not be loaded. Check the network and try again.'],
  again: ['重试', 'Try again'],
  tiles: ['部分图块未能载入', 'Some tiles could not be loaded'],
  leftOut: ['部分图像自相矛盾，未显示', 'Some images contradict themselves and are not shown'],
  fit: ['全貌', 'Fit'],
  measure: ['测量', 'Measure'],
  clear: ['清除', 'Clear'],
  fullScreen: ['全屏', 'Full screen'],
  language: ['English', '中文'],
  magnification: ['放大倍数', 'Magnification'],
  layer: ['焦面与光路', 'Focus and optical path'],
  label: ['标签', 'Label'],
  overview: ['玻片全貌', 'Overview'],
  close: ['关闭', 'Close'],
  noSpacing: ['未标定', 'Not calibrated'],
  slide: ['切片图像：拖动平移，滚轮或双指缩放', 'Slide: drag to move, wheel or two fingers to zoom'],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof WORDS;

export function word(which: Word): string {
  return WORDS[which][currentLanguage() === 'zh' ? 0 : 1];
}
