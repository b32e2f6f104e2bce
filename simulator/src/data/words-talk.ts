import type { PauseReason, Rating } from '../rules.ts';

/** What people say while an order goes on; `{a|b}` as in words-repairs.ts. */

export const commentsOfResidents = [
  '{下午|今天|晚上}家里有人，直接来就行。',
  '门铃坏了，到了请打电话。',
  '{密码锁|小狗}不用怕，{我会先开门|关在阳台了}。',
  '补充一下：{比刚才更严重了|邻居家也有这种情况|上次修过同一个地方}。',
  '请问大概几点能到？我好安排{接孩子|买菜}。',
  '谢谢，{辛苦了|麻烦了}。',
] as const;

export const commentsOfWorkers = [
  '已电话联系，约{下午三点|今天下班前|明天上午}上门。',
  '正在{领配件|另一户收尾}，{二十分钟|半小时}后到。',
  '到门口没人应，已留言，请方便时回电。',
  '需要{关一会儿单元总阀|停电十分钟}，请提前接点水、存好文档。',
] as const;

export const internalComments = [
  '该户{上月同类报修一次|独居老人，语速放慢}，请优先。',
  '配件库存{剩两个|已无}，已申购。',
  '业主情绪比较急，到场先安抚再处理。',
  '与维保单位确认，{今天下午|明天一早}到场。',
  '同单元还有一户报修，可一并处理。',
] as const;

export const refusals = [
  '手上{电梯困人|爆管}未处理完，一时去不了。',
  '在{培训|倒休}，请改派。',
  '这个需要{登高证|焊工证}，我没有。',
  '离得太远，{南区|东区}的师傅更近。',
] as const;

export const transfers = [
  '需要{电工|水工}配合，转给更合适的师傅。',
  '我{下班交接|临时被调去抢修}，转给夜班。',
  '这个配件我不熟，请{老师傅|班长}来。',
] as const;

export const pauseNotes: Readonly<Record<PauseReason, readonly string[]>> = {
  waiting_parts: ['配件已下单，预计{明天|后天|后天上午}到。', '型号特殊，厂家调货中。'],
  waiting_resident: ['住户{出差|上班}，约{周六|明晚}再上门。', '敲门无人应，电话未接，已留便条。'],
  waiting_third_party: ['等{专业单位|维保单位|厂家}到场。', '等相关住户同意入户。'],
  waiting_approval: ['维修资金使用需公示，等批复。', '报项目经理审批材料费。'],
  unsafe: ['登高需{两人|脚手架}，现场风大。', '地面积水带电风险，先断电晾干。'],
  night_quiet: ['已过22点，冲击钻作业改明早。'],
  weather: ['雨天不能做防水，天晴后继续。', '大风停止高处作业。'],
  emergency_elsewhere: ['小区另一处{爆管|跳闸}抢修，处理完就回来。'],
};

export const cancels = [
  '{好了|自己修好了}，不用来了，谢谢。',
  '{重复报了|按错了}，请取消。',
  '家人已经找人修了。',
  null,
] as const;
export const cancelsByDesk = [
  '与另一单重复，已合并处理。',
  '来电人要求撤销。',
  '非本小区事项，已当面说明。',
] as const;

export const disputes = [
  '{又开始漏了|还是不行|只好了一天}，请再来看看。',
  '师傅没来过啊，怎么就完成了？',
  '{墙面弄脏了没收拾|配件装反了|声音更大了}。',
  '灯是亮了，{开关还是不灵|隔壁那盏没修}。',
] as const;

export const reopens = [
  '{用了三天又坏了|同一个地方又漏}，麻烦重新派单。',
  '当时答应的{复查|补刷}没有来。',
] as const;

export interface WordsOfRating {
  /** Somebody came and worked. */
  readonly visit: readonly string[];
  /** A question, a suggestion: nobody had to come. */
  readonly office: readonly string[];
  /** It took too long. */
  readonly late: readonly string[];
}

export const ratingWords: Readonly<Record<Rating, WordsOfRating>> = {
  satisfied: {
    visit: [
      '师傅{很专业|有礼貌|动作麻利}，{还帮忙收拾干净了|讲得很明白}。',
      '来得快，{一次就解决了|态度好}，点赞！',
      '{辛苦了|谢谢}，{老人很高兴|解决大问题了}。',
      '非常满意。',
    ],
    office: ['回复很{快|详细|耐心}，谢谢。', '非常满意。', '一个电话就问清楚了，{省得跑一趟|点赞}。'],
    late: ['虽然等了一阵，但{师傅态度好|弄得仔细}，满意。'],
  },
  basically_satisfied: {
    visit: ['可以，{希望下次提前打个电话|收拾得再干净点就好了}。', '基本解决了，{再观察几天|总体还行}。'],
    office: ['基本明白了，{希望写得再清楚点|材料能少一点就好}。'],
    late: ['解决了，就是{等得有点久|催了才来}。'],
  },
  unsatisfied: {
    visit: ['{没弄利索就走了|说话不耐烦}，不满意。', '{留了一地灰|约好的时间变来变去}。'],
    office: ['{答非所问|推来推去}，没解决。'],
    late: ['{拖了这么久才来|催了几次都没人回}，太慢了。'],
  },
};

export const callbackNotes = {
  satisfied_done: ['住户表示{已修好|满意}，提醒{注意事项|有问题再联系}。', '电话回访，问题已解决。'],
  not_done: ['住户反映{仍有渗水|还是跳闸|没完全解决}。', '住户称{只来看了一眼|约好没来}。'],
  unreachable: ['{无人接听|占线|关机}，稍后再打。', '振铃无人接。'],
} as const;

export const ratingReplies = [
  '{抱歉让您久等|对不起,这次没做好}。{已和师傅一起看过原因|项目部开会讲过这件事},下次{提前联系您|早点到}。',
  '谢谢您说实话。{这次的返工不收费|材料已经换了一家},有问题随时找我们。',
] as const;
export const closings = ['三次回访未联系上，现场已核实完工。', '回访未接通，短信已告知。'] as const;
export const forcings = [
  '住户长期不在，现场已处理，经理核准关闭。',
  '涉及整体改造项目，转专项，本单关闭。',
  '与专项工程合并处理。',
] as const;
export const urgings = [
  '请项目部今天内反馈。',
  '居民来社区反映，请优先处理。',
  '请关注时限，注意回访。',
] as const;

export const receivers = {
  police: '澜东公安分局槐园派出所',
  enforcement: '槐园街道综合行政执法队',
  community: '社区居民委员会',
  owner: '楼上住户（双方自行处理）',
} as const;
export const referNotes = [
  '{已电话转告|已书面转办}，对方受理。',
  '现场核实不属于物业责任范围，已向住户说明。',
] as const;
