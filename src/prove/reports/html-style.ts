/** The page's look, in light and in dark. Each pair of colours has a contrast of at least 4.5. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--text:#1c1c1e;--quiet:#55555c;--line:#c9c9d1;--link:#0b57b0;
--killed:#d9f2e0;--on-killed:#0b4f24;--survived:#b3261e;--on-survived:#fff;--untested:#fbe6b5;--on-untested:#5c3d00;
--void:#e3d9f7;--on-void:#43247d;--none:#ececf0;--on-none:#4a4a50;--arc-killed:#1e8e3e;--arc-untested:#b87a00}
@media (prefers-color-scheme:dark){:root{--bg:#161618;--text:#ececf0;--quiet:#a9a9b2;--line:#45454d;--link:#8ab8ff;
--killed:#12381f;--on-killed:#a6e9bd;--survived:#ffb4ab;--on-survived:#5b0f0a;--untested:#4a3400;--on-untested:#ffdf9e;
--void:#36245c;--on-void:#dccbff;--none:#2c2c31;--on-none:#c4c4cc;--arc-killed:#4cc274;--arc-untested:#d9a02c}}
body{margin:0 auto;max-width:72rem;padding:1rem 1.5rem 3rem;background:var(--bg);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1.05rem;margin:0;overflow-wrap:anywhere}
a{color:var(--link)}td a{color:inherit}p{margin:.4rem 0;overflow-wrap:anywhere}
code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
.quiet,footer{color:var(--quiet)}footer{margin-top:2.5rem}
.score{display:flex;flex-wrap:wrap;gap:2rem;align-items:center}
svg{width:9rem;height:9rem}circle{fill:none;stroke-width:4;stroke:var(--line)}
.arc-killed{stroke:var(--arc-killed)}.arc-survived{stroke:var(--survived)}.arc-untested{stroke:var(--arc-untested)}
svg text{fill:var(--text);font:600 8px system-ui,sans-serif;text-anchor:middle;dominant-baseline:central}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}
caption{text-align:start;color:var(--quiet);padding-bottom:.3rem}
th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:start;vertical-align:top}
td{overflow-wrap:anywhere}td.number,th{white-space:nowrap;overflow-wrap:normal}
td.number{text-align:end;font-variant-numeric:tabular-nums}
article{border:1px solid var(--line);border-inline-start:.4rem solid var(--survived);padding:.7rem 1rem;margin:1rem 0}
.killed{background:var(--killed);color:var(--on-killed)}.survived{background:var(--survived);color:var(--on-survived)}
.untested{background:var(--untested);color:var(--on-untested)}.void{background:var(--void);color:var(--on-void)}
.ignored,.notApplicable{background:var(--none);color:var(--on-none)}
`;
