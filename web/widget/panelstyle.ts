// How the panel looks. A constructed style sheet: strict policies let no other in. Logical properties alone, so that a page that
// reads from the right has it mirrored; sizes follow the reader's own, whatever the page makes of its root's.

export const STYLE = `
:host{display:contents!important}
:host([tabindex]){display:block!important;position:fixed!important}
section{all:initial;position:fixed;z-index:2147483647;inset-block-end:16px;inset-inline-end:16px;pointer-events:none;
inline-size:20em;max-inline-size:calc(100% - 32px);block-size:calc(100% - 32px);display:flex;flex-direction:column;gap:8px;overflow:auto;
font:medium/1.4 system-ui,sans-serif;color-scheme:light dark;
--back:#fff;--text:#1c1d22;--line:#767a86;--act:#1d4ed8;--on:#fff;color:var(--text)}
section.away{visibility:hidden}
.part{opacity:0;padding:12px 16px;background:var(--back);border:1px solid var(--line);border-radius:10px}
.part:first-child{margin-block-start:auto}
.part.on{opacity:1;pointer-events:auto}
h2{font:600 1em/1.3 system-ui,sans-serif;margin:0}
p{font-size:.875em;margin-block:2px 8px;margin-inline:0}
h2,p{text-align:-webkit-match-parent;text-align:match-parent}
select,a,button{font:inherit;display:block;box-sizing:border-box;border-radius:6px;min-block-size:36px;padding-block:4px;padding-inline:10px}
select{inline-size:100%;color:inherit;background:var(--back);border:1px solid var(--line)}
a{line-height:26px;text-align:center;color:var(--on);background:var(--act);border:1px solid var(--act)}
a:after{content:" ↗"/""}
span{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
button{min-block-size:30px;margin-block:4px -6px;margin-inline:auto -10px;color:inherit;background:none;border:0;
text-decoration:underline;cursor:pointer}
:focus-visible{outline:3px solid var(--act);outline-offset:1px}
@media (prefers-color-scheme:dark){section{--back:#1c1d22;--text:#f1f2f5;--line:#9296a3;--act:#a9c1ff;--on:#10131c}}
@media (prefers-reduced-motion:no-preference){.part{transition:opacity .2s}}
@media print{section{display:none}}
section{}`;
