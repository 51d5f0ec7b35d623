import type { Language } from './dicom/json';

/** Everything that the pages say, in Chinese and in English. */
const TERMS = {
  title: ['影像', 'Images'],
  loading: ['正在加载…', 'Loading…'],
  series: ['序列', 'Series'],
  priors: ['既往检查', 'Earlier studies'],
  current: ['本次检查', 'This study'],
  images: ['幅', 'images'],
  scroll: ['翻页', 'Scroll'],
  windowing: ['窗宽窗位', 'Window'],
  pan: ['移动', 'Pan'],
  zoom: ['缩放', 'Zoom'],
  length: ['长度', 'Length'],
  angle: ['角度', 'Angle'],
  cobb: ['Cobb 角', 'Cobb angle'],
  ellipse: ['椭圆', 'Ellipse'],
  rectangle: ['矩形', 'Rectangle'],
  probe: ['测值', 'Probe'],
  measure: ['测量', 'Measure'],
  clear: ['清除测量', 'Clear'],
  presets: ['窗', 'Presets'],
  asStored: ['图像默认', 'As stored'],
  lung: ['肺窗', 'Lung'],
  bone: ['骨窗', 'Bone'],
  brain: ['脑窗', 'Brain'],
  softTissue: ['软组织', 'Soft tissue'],
  mediastinum: ['纵隔', 'Mediastinum'],
  fit: ['适合', 'Fit'],
  actual: ['1:1', '1:1'],
  rotate: ['旋转', 'Rotate'],
  flip: ['镜像', 'Flip'],
  invert: ['反相', 'Invert'],
  reset: ['复位', 'Reset'],
  cine: ['播放', 'Cine'],
  layout: ['布局', 'Layout'],
  sync: ['同步', 'Link'],
  mpr: ['MPR', 'MPR'],
  ohif: ['在 OHIF 打开', 'Open in OHIF'],
  fullScreen: ['全屏', 'Full screen'],
  help: ['帮助', 'Help'],
  language: ['English', '中文'],
  close: ['关闭', 'Close'],
  more: ['更多', 'More'],
  diagnostic: ['诊断质量 · 原始像素', 'Diagnostic · original pixels'],
  original: ['原始像素', 'Original pixels'],
  lossy: ['有损压缩', 'lossy'],
  preview: ['非诊断用 · 预览', 'Not diagnostic · preview'],
  computed: ['重建图像', 'Reformatted'],
  detector: ['探测器平面', 'on the detector'],
  calibrated: ['已校准', 'calibrated'],
  estimated: ['按估计的放大率', 'estimated magnification'],
  uncertain: ['投影，是否校准不明', 'projection, calibration unknown'],
  noSeries: ['没有可显示的序列', 'No series that could be shown'],
  noStudy: ['没有指定检查', 'No study is named'],
  notFound: ['没有此检查，或您无权查看', 'There is no such study, or none that you may look at'],
  notEntitled: ['您没有查看影像的权限', 'You have no right to look at images'],
  ended: ['访问已失效，请重新打开链接', 'Access has ended; open the link again'],
  failed: ['无法显示', 'Cannot be shown'],
  retry: ['重试', 'Try again'],
  openReport: ['打开报告', 'Open report'],
  openDocument: ['打开文档', 'Open document'],
  openEcg: ['打开心电图', 'Open ECG'],
  openSlide: ['打开数字切片', 'Open slide'],
  notShown: ['此类对象不单独显示', 'Nothing of it can be seen by itself'],
  axial: ['横断面', 'Axial'],
  coronal: ['冠状面', 'Coronal'],
  sagittal: ['矢状面', 'Sagittal'],
  mprLoading: ['正在载入容积', 'Loading the volume'],
  mprFew: ['切片太少，不能重建', 'Too few slices for a reformat'],
  mprGeometry: ['切片方向、大小或间距不一致，不能重建', 'Slices differ in direction, size or distance: no reformat'],
  mprMemory: ['本机内存不足以重建此序列', 'This device has not enough memory for the volume'],
  mprColor: ['彩色图像不能重建', 'There is no reformat of colours'],
  years: ['岁', 'y'],
  male: ['男', 'M'],
  female: ['女', 'F'],
  otherSex: ['其他', 'other'],
  empty: ['把序列拖到这里，或先点此处再点序列', 'Drag a series here, or click here and then on a series'],
  thickness: ['层厚', 'Thickness'],
  waiting: ['等待图像', 'Waiting for image'],
  helpMouse: ['鼠标', 'Mouse'],
  helpKeys: ['键盘', 'Keyboard'],
  helpTouch: ['触摸', 'Touch'],
  helpWheel: ['滚轮：翻页；按住 Ctrl：缩放', 'Wheel: scroll; with Ctrl: zoom'],
  helpLeft: ['左键拖动：所选工具', 'Left drag: the chosen tool'],
  helpRight: ['右键拖动：窗宽窗位', 'Right drag: window'],
  helpMiddle: ['中键拖动：移动', 'Middle drag: pan'],
  helpDouble: ['双击：放大一个视口 / 还原', 'Double click: one viewport / all'],
  helpDrop: ['把序列拖到视口中', 'Drag a series onto a viewport'],
  helpArrows: ['↑ ↓ PgUp PgDn Home End：翻页', '↑ ↓ PgUp PgDn Home End: scroll'],
  helpSeries: ['← →：上一个 / 下一个序列', '← →: series before / after'],
  helpDigits: ['1–5：肺、骨、脑、软组织、纵隔窗；0：图像默认', '1–5: lung, bone, brain, soft tissue, mediastinum; 0: as stored'],
  helpLetters: [
    'S 翻页  W 窗  P 移动  Z 缩放  L 长度  A 角度  C Cobb 角  E 椭圆  Q 矩形  V 测值',
    'S scroll  W window  P pan  Z zoom  L length  A angle  C Cobb  E ellipse  Q rectangle  V probe',
  ],
  helpActions: [
    'I 反相  R 旋转  H 镜像  F 适合  X 1:1  空格 播放  Del 删除测量  Esc 复位',
    'I invert  R rotate  H flip  F fit  X 1:1  Space cine  Del delete  Esc reset',
  ],
  helpOne: ['单指：所选工具（默认翻页）', 'One finger: the chosen tool, first to scroll'],
  helpTwo: ['双指：缩放和移动', 'Two fingers: zoom and pan'],
  helpTap: ['双击：适合 / 放大', 'Double tap: fit / enlarge'],
} as const satisfies Record<string, readonly [string, string]>;

export type Term = keyof typeof TERMS;

const KEPT = 'hub.language';

let language: Language = initial();

/** The language of the address, as a link names it, else the one chosen before, else that of the browser. */
function initial(): Language {
  const named = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang');
  if (named !== null && named !== '') {
    return /^zh/i.test(named) ? 'zh' : 'en';
  }
  const kept = typeof localStorage === 'undefined' ? null : read();
  if (kept === 'zh' || kept === 'en') {
    return kept;
  }
  return typeof navigator !== 'undefined' && /^zh/i.test(navigator.language) ? 'zh' : 'en';
}

/** Where a browser allows no storage, the language is just not remembered. */
function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(chosen: Language): void {
  language = chosen;
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.set('lang', chosen);
    history.replaceState(history.state, '', address.href);
  }
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Not remembered then.
  }
}

export function say(term: Term): string {
  return TERMS[term][language === 'zh' ? 0 : 1];
}
