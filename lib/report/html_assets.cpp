// report: the style and the script of the HTML page. Entry points: html_style, html_script. Constants: nothing of a report
// is ever put into them, and they load nothing.
#include "report/html_page.hpp"

namespace sekimori {

std::string_view html_style() {
  return R"css(
:root{--ink:#1a1a1c;--soft:#4d4d4d;--line:#c9c9cd;--pale:#f5f6f8;--link:#0017c1;--bad:#b00000;--warn:#7a5c00;--good:#197a4b}
*{box-sizing:border-box}
html{font:400 16px/1.7 "Noto Sans JP","Hiragino Sans","Yu Gothic UI",Meiryo,-apple-system,BlinkMacSystemFont,sans-serif;color:var(--ink);background:#fff}
body{max-width:1240px;margin:0 auto;padding:12px 24px 48px}
h1{font-size:1.6rem;line-height:1.4;margin:0}h2{font-size:1.25rem;margin:1.6rem 0 .4rem;padding-left:.6rem;border-left:6px solid var(--link);line-height:1.4}
h3{font-size:1.05rem;margin:0;line-height:1.5}p{margin:.3rem 0}a{color:var(--link)}
a:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,button:focus-visible{outline:3px solid #0017c1;outline-offset:2px;background:#ffe98a;color:#000}
code{font-family:"Noto Sans Mono",Consolas,Menlo,monospace;font-size:.86em;unicode-bidi:isolate;overflow-wrap:anywhere}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:#fff;padding:8px;z-index:2}
.lang{position:absolute;opacity:0}.lang+label{float:right;border:1px solid var(--line);padding:2px 14px;min-height:32px;cursor:pointer;margin-left:-1px;color:var(--link)}
.lang:checked+label{background:var(--link);color:#fff}.lang:focus-visible+label{outline:3px solid #0017c1;outline-offset:2px}
#lang-ja:checked~#page [lang=en]:not(.o),#lang-en:checked~#page [lang=ja]:not(.o){display:none}
.own::before{content:"所管: "}.ope::before{content:"運用者: "}#lang-en:checked~#page .own::before{content:"Owner: "}#lang-en:checked~#page .ope::before{content:"Operator: "}
.note{border:1px solid var(--line);background:var(--pale);padding:.4rem .8rem;margin:.6rem 0}
.meta{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;margin:.4rem 0;font-size:.92rem}.meta div{display:flex;gap:.5rem}.meta dt{color:var(--soft)}.meta dd{margin:0}
.stop{font-size:1.12rem;font-weight:700;margin:.6rem 0;padding:.4rem .8rem;border:2px solid var(--good)}.stop.bad{border-color:var(--bad)}
.toc ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;margin:.4rem 0;padding:0}.toc a{display:inline-block;min-height:24px}.words{font-size:.92rem}.id{white-space:nowrap}
.lead{font-size:1.12rem;font-weight:700;margin:.4rem 0 .8rem}
.tiles{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:12px;margin:0;padding:0}
.tiles li{border:1px solid var(--line);border-top:6px solid var(--line);padding:.4rem .8rem}
.tiles .bad{border-top-color:var(--bad)}.tiles .warn{border-top-color:var(--warn)}.tiles .good{border-top-color:var(--good)}
.tiles b{display:block;font-size:2rem;line-height:1.3}.tiles small{font-size:.86rem;color:var(--soft);display:block;line-height:1.5}
.wrap{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.6;background:#fff}
caption{text-align:left;font-size:.88rem;color:var(--soft);padding:.2rem 0}
th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}thead th{background:var(--pale);white-space:nowrap}
tbody th{font-weight:400}tbody th.who{font-weight:700;min-width:9rem}.who .sub{font-weight:400}.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.z{color:#6b6b6b}
.b{display:inline-block;border:1px solid;border-radius:3px;padding:0 .5em;font-size:.84rem;font-weight:700;white-space:nowrap;line-height:1.6}
.s-critical{background:#7d0000;color:#fff;border-color:#7d0000}.s-high{background:#c60000;color:#fff;border-color:#c60000}
.s-medium{background:#fff1cc;color:#5c4300;border-color:#7a5c00}.s-low{background:#e8f1fe;color:#0017c1;border-color:#0017c1}.s-info{background:#f2f2f2;color:#333;border-color:#666}
.st{background:#fff;color:#333;border-color:#666}
.rule{border:1px solid var(--line);margin:.8rem 0;padding:.7rem .9rem;content-visibility:auto;contain-intrinsic-size:auto 320px}
.rule header{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline}.rule header code{color:var(--soft)}
.advice{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.4rem 0 .6rem}.advice dt{color:var(--soft)}.advice dd{margin:0}
.sub code{font-size:.96em}.sub{color:var(--soft);font-size:.88em;display:block;overflow-wrap:anywhere}.r td{overflow-wrap:anywhere}.r th{min-width:15rem;max-width:26rem}.r td:nth-child(2){min-width:14rem}
ul.plain{margin:.2rem 0;padding-left:1.3rem}
details{margin:.4rem 0}summary{cursor:pointer;color:var(--link);padding:.15rem 0}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;background:var(--pale);border:1px solid var(--line);padding:.6rem .8rem;margin:.6rem 0}
.filters[hidden],[hidden]{display:none!important}.filters label{font-size:.88rem}.filters select,.filters input,.filters button{display:block;font:inherit;min-height:36px;min-width:8rem;max-width:20rem;border:1px solid #6b6b6b;background:#fff;color:var(--ink);padding:2px 8px}
.bad-text{color:var(--bad);font-weight:700}.warn-text{color:var(--warn)}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.6rem;font-size:.9rem}
@media (max-width:640px){body{padding:8px 12px 32px}.advice{grid-template-columns:1fr}.advice dt{font-weight:700}}
@media screen and (max-width:640px){.cards caption,.r caption{display:block}:is(.cards,.r) thead{position:absolute;left:-9999px}:is(.cards,.r),:is(.cards,.r) :is(tbody,tr,td,th){display:block;width:auto;min-width:0!important;max-width:none!important}:is(.cards,.r) tbody tr{border:1px solid var(--line);margin:0 0 .5rem}:is(.cards,.r) tbody :is(td,th){border:0;text-align:left}#lang-ja:checked~#page .cards td.n::after{content:" 件"}#lang-en:checked~#page .cards td.n::before{content:"Count: "}}
@media print{@page{size:A4;margin:14mm}html{font-size:10.5pt}body{max-width:none;padding:0}.skip,.lang,.lang+label,.filters,.toc{display:none}
a{color:inherit;text-decoration:none}.rule{content-visibility:visible;border:0;border-top:1px solid var(--line);padding:.4rem 0}tr,.tiles li{break-inside:avoid}thead{display:table-header-group}h2,h3{break-after:avoid}.b{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";
}

std::string_view html_script() {
  return R"js(
(function(){
"use strict";
var d=document,form=d.getElementById("filters"),count=d.getElementById("count");
["ja","en"].forEach(function(l){d.getElementById("lang-"+l).addEventListener("change",function(){d.documentElement.lang=l;});});
window.addEventListener("beforeprint",function(){d.querySelectorAll("details.p:not([open])").forEach(function(x){x.open=true;x.dataset.p="1";});});
window.addEventListener("afterprint",function(){d.querySelectorAll("details[data-p]").forEach(function(x){x.open=false;delete x.dataset.p;});});
function show(){var t=location.hash&&d.getElementById(location.hash.slice(1));while(t){if(t.tagName==="DETAILS")t.open=true;t=t.parentElement;}}
window.addEventListener("hashchange",show);show();
if(!form)return;
form.hidden=false;
var rules=Array.prototype.map.call(d.querySelectorAll(".rule"),function(a){
return{a:a,s:a.dataset.s,head:null,rows:Array.prototype.map.call(a.querySelectorAll("tr[data-c]"),function(r){return{r:r,t:null};})};});
function low(e){return e.textContent.normalize("NFKC").toLowerCase();}
function run(){
var s=form.elements.s.value,c=form.elements.c.value,o=form.elements.o.value&&form.elements.o.value.split("\n"),t=form.elements.t.value.normalize("NFKC").toLowerCase().trim(),seen=0,all=0;
rules.forEach(function(g){
var n=0,ruleHit=false;
if(t){if(g.head===null)g.head=low(g.a.querySelector("header"));ruleHit=g.head.indexOf(t)>=0;}
g.rows.forEach(function(x){
var ok=(!s||g.s===s)&&(!c||x.r.dataset.c===c)&&(!o||o.indexOf(x.r.dataset.o)>=0);
if(ok&&t&&!ruleHit){if(x.t===null)x.t=low(x.r);ok=x.t.indexOf(t)>=0;}
if(x.r.hidden===ok)x.r.hidden=!ok;
if(ok)n++;});
g.a.hidden=n===0;seen+=n;all+=g.rows.length;});
count.textContent=seen+" / "+all;
}
var timer=0;
form.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(run,120);});
form.addEventListener("reset",function(){setTimeout(run,0);});
form.addEventListener("submit",function(e){e.preventDefault();run();});
run();
})();
)js";
}

}  // namespace sekimori
