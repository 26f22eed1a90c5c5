import type { TextRule } from '../textQuality';

const TAGS =
  'a|abbr|applet|area|audio|b|base|body|br|button|canvas|center|code|details|div|embed|em|font|form|frame|frameset|h[1-6]|head|html|i|iframe|img|input|link|map|marquee|math|meta|noscript|object|ol|option|p|param|picture|pre|script|section|select|slot|source|span|strong|style|sub|sup|svg|table|tbody|td|template|textarea|th|title|tr|track|u|ul|video|xml|xss';
/** Elements, comments and entities. `<anonymous>`, `List<String>` and `a < b` are none. */
const HTML = new RegExp(
  `<\\/?(?:${TAGS})(?:[\\s/][^<>]{0,500})?>|<(?:${TAGS})[\\s/][^<>]{0,300}=|<!--|<!\\[CDATA|<!doctype|&(?:#x?[0-9a-f]{1,6}|lt|gt|quot|amp|nbsp);`,
  'i',
);
/** Links and pictures with an address, references with one, and titles that are lines of their own. */
const MARKDOWN =
  /\]\([^)\s]|\]:\s*(?:[a-z][a-z0-9+.-]{1,20}:|\/\/|www\.)|!\[[^\]]{0,200}\]|^\s{0,3}#{1,6}\s|```|\[\[[^\]]{1,200}\]\]|^\s*\|.*\|\s*$/im;

export const markup: TextRule = (text) => {
  if (HTML.test(text)) return 'it holds HTML';
  return MARKDOWN.test(text) ? 'it holds Markdown that does something' : null;
};

const ADDRESS =
  /(?<![a-z0-9+.-])(?:[a-z][a-z0-9+.-]{1,20}:\/\/[^\s)>\]"'`]+|(?:javascript|vbscript|data|mailto|command|vscode|file|tel|blob):(?=[^\s:])[^\s)>\]"'`]*|www\.[^\s)>\]"'`]+)|\\\\[\w.-]+\\|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/gi;

/** Addresses that code put into the case may be named; those of logs, commits and messages never are. */
export const webAddresses: TextRule = (text, { links }) => {
  const isStrange = (text.match(ADDRESS) ?? []).some((address) => !links.includes(address.replace(/[.,;:!?]+$/, '')));
  return isStrange ? 'it holds an address' : null;
};

/** What a shell would carry out. An advice names what to look at; AIDog writes commands itself. */
const COMMANDS =
  /\b(?:curl|wget|nc|ncat|ssh|scp|powershell|pwsh|certutil|bitsadmin)\s+(?:-|["'$]|\S+[./:]\S)|\b(?:sudo|chmod|chown|mkfs)\s+\S|\beval\s*["'($]|\brm\s+-|\bdd\s+if=|\$\([^)]|\|\s*(?:ba|z|da|k)?sh\b|\b(?:ba|z|da|k)?sh\s+-c|\b(?:kubectl|helm|terraform|aws|gcloud|az|docker|git|npm|npx|pip|psql|mysql|redis-cli)\s+(?:delete|destroy|exec|apply|rm|drop|push|reset|install|uninstall|scale|rollout|set|run|patch|terminate|update|--?\w)|\b(?:DROP|TRUNCATE)\s+(?:TABLE|DATABASE|SCHEMA)\b|\bDELETE\s+FROM\b|(?:^|\s)(?:&&|\|\|)\s*\w+\s+-|\bcat\s+[~/]|\/etc\/(?:passwd|shadow)|[~/]\.(?:ssh|aws|kube|env)\b|>\s*\/dev\//i;

export const commands: TextRule = (text) => (COMMANDS.test(text) ? 'it holds a command' : null);

/** Words of someone who talks to a model, or of a model about itself, and calls of tools that do not exist. */
const LEAKED =
  /\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+|those\s+|my\s+)*(?:previous|prior|above|earlier|preceding|other)?\s*(?:instructions?|prompts?|rules|guidelines|directives)\b|\bas an? (?:ai|artificial intelligence|large language|language model)\b|\bI(?:'m| am) (?:sorry|unable|an? (?:ai|assistant))\b|\bI (?:cannot|can't|will not|won't) (?:assist|help|comply|answer)\b|<[|｜]|[|｜]>|<\/?(?:s|think|(?:start|end)_of_turn)>|\{\s*"|"\s*:\s*[[{"]|\[\/?INST\]|<<\/?SYS>>|\b(?:tool_call|function_call|tool_use)\b|^\s*(?:system|assistant|user|human)\s*:|\bsystem prompt\b/im;

export const leaked: TextRule = (text) => (LEAKED.test(text) ? 'it speaks to or of a model instead of the incident' : null);
