//! The look of the pages: inline, no fonts or pictures from anywhere.
//!
//! Contrast is at least 4.5:1 for text and 3:1 for what marks a control, in both colour schemes.

/// The style sheet.
pub(super) const CSS: &str = r"
:root{--ink:#0b0c0c;--soft:#484f54;--paper:#fff;--band:#f3f2f1;--line:#b1b4b6;--link:#1a5fa8;
--visited:#4c2c92;--head:#1d3d5c;--warn:#a92a1b;--warnpaper:#fdf1ef;--focus:#fd0}
@media (prefers-color-scheme:dark){:root{--ink:#f0f1f2;--soft:#b9c0c6;--paper:#14171a;--band:#20252a;
--line:#4d565e;--link:#8ec2f5;--visited:#c9b3f5;--head:#0d2438;--warn:#ff9d8f;--warnpaper:#331a17}}
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;color:var(--ink);background:var(--paper);
font:1.0625rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static;display:block;padding:.6rem 1rem}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
.mast{background:var(--head);color:#fff}
.mast header{padding-top:.9rem;padding-bottom:.9rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;
justify-content:space-between}
.mast strong{font-weight:600}
.mast a,.mast a:visited{color:#fff}
main{padding-top:1.5rem;padding-bottom:3rem}
main:focus{outline:none}
h1{font-size:2.25rem;line-height:1.15;margin:.5rem 0 1rem;letter-spacing:-.01em}
h2{font-size:1.5rem;line-height:1.25;margin:2.75rem 0 .75rem;padding-top:1.25rem;
border-top:1px solid var(--line)}
h3{font-size:1.1875rem;line-height:1.3;margin:2rem 0 .4rem}
h4{font-size:1.0625rem;margin:1.25rem 0 .25rem}
p,ul,ol{margin:.5rem 0 1rem;max-width:44rem}
ul,ol{padding-left:1.4rem}
li{margin:.2rem 0}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.07em}
a:visited{color:var(--visited)}
a:hover{text-decoration-thickness:.16em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--focus);
outline-offset:2px;box-shadow:0 0 0 2px #0b0c0c}
.lead{font-size:1.25rem;line-height:1.5}
.soft,.empty,caption .soft{color:var(--soft)}
.empty{font-style:italic}
.warn{border-left:.4rem solid var(--warn);background:var(--warnpaper);padding:.9rem 1.1rem;margin:1.5rem 0}
.warn h2{border:0;padding:0;margin:0 0 .4rem;color:var(--warn);font-size:1.3125rem}
.warn p:last-child,.warn ul:last-child{margin-bottom:0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;margin:1.5rem 0;
padding:0;background:var(--line);border:1px solid var(--line)}
.figures div{background:var(--paper);padding:.7rem .9rem;display:flex;flex-direction:column-reverse;
justify-content:flex-end}
.figures dt{color:var(--soft);font-weight:400;font-size:1rem}
.figures dd{margin:0;font-size:1.75rem;line-height:1.2;font-weight:600}
dl.facts{display:grid;grid-template-columns:minmax(9rem,15rem) minmax(0,1fr);margin:.5rem 0 1.25rem}
dl.facts>div{display:contents}
dl.facts dt,dl.facts dd{margin:0;padding:.45rem 1rem .45rem 0;border-bottom:1px solid var(--line)}
dl.facts dt{font-weight:600;overflow-wrap:anywhere}
dl.facts dd{padding-right:0;overflow-wrap:anywhere}
dl.facts ul{margin:0;padding-left:1.2rem}
.record{margin:1rem 0;padding:.1rem 1rem .4rem;background:var(--band)}
.record h4{margin:.7rem 0 .3rem}
.record dl.facts{margin-bottom:.5rem;font-size:1rem}
.record dl.facts>div:last-child>*{border-bottom:0}
.scroll{overflow-x:auto;margin:.75rem 0 1.25rem}
table{border-collapse:collapse;width:100%;font-size:1rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem 1rem .45rem 0;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line);white-space:nowrap}
tbody th{font-weight:600}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;padding-right:1.5rem}
.value{white-space:pre-wrap;overflow-wrap:anywhere}
td .value{display:inline-block;min-width:3rem;max-width:30rem}
code{font-family:ui-monospace,'Cascadia Mono',Consolas,Menlo,monospace;font-size:.9375em;
background:var(--band);padding:.08em .3em;overflow-wrap:anywhere}
.contents{list-style:none;padding:0;columns:2 16rem;column-gap:2rem}
.contents li{margin:0;padding:.2rem 0;break-inside:avoid}
.files{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 2rem;max-width:none}
address{font-style:normal;margin:.5rem 0 1rem}
.value ul{margin:0}
@media (max-width:38rem){h1{font-size:1.75rem}.lead{font-size:1.125rem}
dl.facts{grid-template-columns:minmax(0,1fr)}dl.facts dt{border-bottom:0;padding-bottom:0}
dl.facts dd{padding-top:.1rem}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--band:#fff;--line:#888;--link:#000;--visited:#000;
--head:#fff;--warn:#000;--warnpaper:#fff}body{font-size:10.5pt}.skip{display:none}.mast,.mast a{color:#000}
main,header{max-width:none;padding-left:0;padding-right:0}.scroll{overflow:visible}
h2,h3,h4{break-after:avoid}tr,.record{break-inside:avoid}.record{border:1px solid #888}}
@media (prefers-contrast:more){:root{--soft:var(--ink);--line:var(--ink)}}
";
