export const en = {
  search: {
    title: "Search",
    label: "Search messages, files and meetings",
    hint: "Words of a message, a file's name or sender, a meeting's title or code.",
    results: "What was found",
    messages: "Messages",
    files: "Files",
    meetings: "Meetings",
    waiting: "Searching",
    none: "Nothing found for “{{words}}”",
    noneText: "Try fewer words, or the beginning of one.",
    found_one: "{{count}} result",
    found_other: "{{count}} results",
    more: "Show more: {{kind}}",
    waking: "{{kind}}: the service is waking up. The answer comes by itself.",
    failed: "{{kind}} could not be searched.",
    again: "Try again",
    by: "{{name}} in {{title}}",
    from: "from {{name}}",
    keys: "Arrow keys choose, Enter opens, Escape closes.",
  },
};

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type SearchTexts = Words<typeof en>;
