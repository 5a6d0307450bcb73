import type { SearchTexts } from "./en";

export const zh: SearchTexts = {
  search: {
    title: "搜索",
    label: "搜索消息、文件和会议",
    hint: "消息中的词、文件名或发送人、会议标题或会议号。",
    results: "搜索结果",
    messages: "消息",
    files: "文件",
    meetings: "会议",
    waiting: "正在搜索",
    none: "没有找到“{{words}}”",
    noneText: "请减少词语，或只输入开头。",
    found_one: "{{count}} 个结果",
    found_other: "{{count}} 个结果",
    more: "显示更多：{{kind}}",
    waking: "{{kind}}：服务正在唤醒，结果会自动出现。",
    failed: "无法搜索{{kind}}。",
    again: "重试",
    by: "{{name}}，在{{title}}中",
    from: "来自{{name}}",
    keys: "方向键选择，回车打开，Esc 关闭。",
  },
};
