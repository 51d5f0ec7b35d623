// A made-up segmentation of a made-up CT: a square in the middle of some of its slices. PS3.3 section A.51.
import { part10 } from './phantom.mjs';

const SEG = '1.2.840.10008.5.1.4.1.1.66.4';
const CT = '1.2.840.10008.5.1.4.1.1.2';

const code = (value, scheme, meaning) => [
  ['0008,0100', 'SH', value],
  ['0008,0102', 'SH', scheme],
  ['0008,0104', 'LO', meaning],
];

/**
 * @param ct what the slices were made of
 * @param {number[]} slices numbers of those that have a part of the segment, from 0
 */
export function segmentation(ct, slices, series) {
  const { size, thickness } = ct;
  const spacing = 360 / size;
  const instance = `${series}.1`;
  const source = (number) => [
    ['0008,1150', 'UI', CT],
    ['0008,1155', 'UI', `${ct.series}.${number + 1}`],
  ];
  const elements = [
    ['0008,0005', 'CS', 'ISO_IR 192'],
    ['0008,0008', 'CS', 'DERIVED\\PRIMARY'],
    ['0008,0016', 'UI', SEG],
    ['0008,0018', 'UI', instance],
    ['0008,0020', 'DA', ct.date],
    ['0008,0060', 'CS', 'SEG'],
    ['0008,103E', 'LO', 'Square'],
    ['0008,1115', 'SQ', [[['0008,114A', 'SQ', slices.map(source)], ['0020,000E', 'UI', ct.series]]]],
    ['0010,0010', 'PN', ct.name],
    ['0010,0020', 'LO', ct.patient],
    ['0020,000D', 'UI', ct.study],
    ['0020,000E', 'UI', series],
    ['0020,0011', 'IS', '3'],
    ['0020,0013', 'IS', '1'],
    ['0020,0052', 'UI', ct.frameOfReference],
    ['0028,0002', 'US', 1],
    ['0028,0004', 'CS', 'MONOCHROME2'],
    ['0028,0008', 'IS', String(slices.length)],
    ['0028,0010', 'US', size],
    ['0028,0011', 'US', size],
    ['0028,0100', 'US', 1],
    ['0028,0101', 'US', 1],
    ['0028,0102', 'US', 0],
    ['0028,0103', 'US', 0],
    ['0062,0001', 'CS', 'BINARY'],
    [
      '0062,0002',
      'SQ',
      [
        [
          ['0062,0003', 'SQ', [code('T-D0050', 'SRT', 'Tissue')]],
          ['0062,0004', 'US', 1],
          ['0062,0005', 'LO', 'Square'],
          ['0062,0008', 'CS', 'MANUAL'],
          ['0062,000F', 'SQ', [code('T-D0050', 'SRT', 'Tissue')]],
        ],
      ],
    ],
    [
      '5200,9229',
      'SQ',
      [
        [
          ['0020,9116', 'SQ', [[['0020,0037', 'DS', '1\\0\\0\\0\\1\\0']]]],
          ['0028,9110', 'SQ', [[['0018,0050', 'DS', String(thickness)], ['0028,0030', 'DS', `${spacing}\\${spacing}`]]]],
        ],
      ],
    ],
    [
      '5200,9230',
      'SQ',
      slices.map((number, i) => [
        ['0008,9124', 'SQ', [[['0008,2112', 'SQ', [source(number)]]]]],
        ['0020,9111', 'SQ', [[['0020,9157', 'UL', indices(1, i + 1)]]]],
        ['0020,9113', 'SQ', [[['0020,0032', 'DS', `-180\\-180\\${(-number * thickness).toFixed(3)}`]]]],
        ['0062,000A', 'SQ', [[['0062,000B', 'US', 1]]]],
      ]),
    ],
    ['7FE0,0010', 'OB', bits(size, slices.length)],
  ];
  return part10(elements, instance);
}

function indices(...values) {
  return new Uint8Array(new Uint32Array(values).buffer);
}

function bits(size, frames) {
  const packed = new Uint8Array((size * size * frames) / 8);
  for (let frame = 0; frame < frames; frame++) {
    for (let y = size / 4; y < (3 * size) / 4; y++) {
      for (let x = size / 4; x < (3 * size) / 4; x++) {
        const at = (frame * size + y) * size + x;
        packed[at >> 3] |= 1 << (at & 7);
      }
    }
  }
  return packed;
}
