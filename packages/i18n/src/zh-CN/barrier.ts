/** 门与通行页上的道闸。 */
export const barrierLabels = {
  'barrier.opens': '通过后抬起',
  'barrier.opensNone': '不抬杆',
  'barrier.opensOf': '“{label}”通过后抬起哪台道闸',
  'barrier.ordered': '已经叫它抬杆',
  'gates.publicKey': '名单的公钥',
  'gates.mqttTopic': 'MQTT 主题',
} as const;
