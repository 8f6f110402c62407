import type { NoticeFacts } from './notice-facts.ts';
import type { NoticeWords } from './notice-words.ts';

const COUNTED = {
  in: '从此门进入的人数。',
  out: '从此门离开的人数。',
  both: '从此门进入和离开的人数。',
} as const;
const OTHER_WAY = {
  intercom: '系统会为您呼叫对讲机。',
  concierge: '系统会为您呼叫值班人员。',
  'card-reader': '请刷卡进入。',
  key: '请用钥匙进入。',
} as const;

/** Simplified. */
export const CHINESE: NoticeWords = {
  tag: 'zh-Hans',
  title: '此门设有人数统计摄像头',
  truth: '查找人脸只是为了将其遮盖；不识别任何人的身份。',
  sign: '亮灯标识按规定写有“人脸识别使用中”。摄像头工作时标识必定亮起；标识熄灭时摄像头已关闭。',
  closing: (facts) => `按下按钮，摄像头立即关闭。${returns(facts)}${otherWay(facts)}`,
  ask: ({ operator, contact }) => [`负责人：${operator}`, `咨询、反对或投诉：${contact}`],
  sections: [
    { heading: '目的', text: ({ purpose }) => purpose ?? '统计经过此门的人数。不识别任何人。' },
    {
      heading: '统计什么',
      text: ({ counted }) => `${COUNTED[counted]}为了计数，摄像头查找人脸并立即遮盖，不与任何数据比对。`,
    },
    {
      heading: '对外提供什么',
      text: ({ windowMinutes, suppressBelow }) =>
        `每${windowMinutes}分钟一个数字，每天一个数字，均加入随机噪声；较小的数字只显示为“少于${suppressBelow}”。` +
        '除此之外，任何与人有关的内容都不会离开摄像头：没有图像，没有人脸，也没有任何人经过的时间。' +
        '在门口安装调试摄像头的人员，最多可在十五分钟内看到其画面，画面中的人脸均已遮盖。',
    },
    {
      heading: '保存什么',
      text: () =>
        '不保存任何个人信息：没有图像，没有人脸特征。图像仅在内存中停留片刻，随即清除。加入噪声的数字发送后即从摄像头中删除。',
    },
    {
      heading: '如果您不愿被拍摄',
      text: (facts) => `请按下按钮，摄像头立即关闭。${returns(facts)}无需账户，无需手机。`,
    },
    { heading: '其他进入方式', text: (facts) => `任何人都不必被拍摄才能进入。${otherWay(facts)}` },
    {
      heading: '您的权利',
      text: () =>
        '您可以询问有关此摄像头的情况，可以反对，也可以向个人信息保护主管部门投诉。没有保存任何可供查阅、转移或删除的您的信息。',
    },
  ],
  code: { link: '用手机查看本告示', text: '用手机查看本告示摘要' },
  settings: '设置',
};

function returns({ returnHours }: NoticeFacts): string {
  return returnHours === undefined
    ? '在有人再次按下按钮之前，摄像头保持关闭。'
    : `在有人再次按下按钮之前，或在${returnHours}小时内，摄像头保持关闭。`;
}

function otherWay({ otherWayIn }: NoticeFacts): string {
  return otherWayIn === undefined ? '系统会为您呼叫其他进入方式。' : OTHER_WAY[otherWayIn];
}
