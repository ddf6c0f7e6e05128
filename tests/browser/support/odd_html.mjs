// Makes documents that nobody writes: what loads something, in odd spellings, in odd places, with pieces missing.
//
//   oddDocument(next, (path) => 'host/12' + path)     next: random.mjs; the function says where to
const VECTORS = [
  '<script src="URL"></script>', '<script src=URL></script>', '<script type=module src=\'URL\'></script>',
  '<script>import("URL")</script>', '<script type=module>import "URL"</script>',
  '<script type=importmap>{"imports":{"a":"URL"}}</script><script type=module>import "a"</script>',
  '<script type=speculationrules>{"prefetch":[{"urls":["URL"],"eagerness":"immediate"}]}</script>',
  '<script>new Image().src = "URL"</script>', '<script>fetch("URL", {mode: "no-cors"})</script>',
  '<img src="URL" width=9 height=9>', '<img src=URL>', '<img srcset="URL 1x, URL 2x" width=300 height=200>', '<img srcset="URL 300w" sizes=9px>',
  '<img/src=URL width=1 height=1>', '<image src="URL">', '<input type=image src="URL">',
  '<picture><source srcset="URL"><img alt="" width=300 height=200></picture>', '<picture><source media="(min-width: 1px)" srcset="URL 2x"><img src="URL"></picture>',
  '<video src="URL" width=300 height=200></video>', '<video poster="URL" width=300 height=200></video>', '<video width=300 height=200><source src="URL"></video>',
  '<audio src="URL" preload=auto></audio>', '<audio controls><source src="URL"><track src="URL" default></audio>',
  '<iframe src="URL" width=300 height=200></iframe>', '<iframe srcdoc="<img src=URL>" width=9 height=9></iframe>',
  '<iframe srcdoc="&lt;svg>&lt;image href=&quot;URL&quot;/>" width=9 height=9></iframe>', '<iframe src="data:text/html,<img src=URL>" width=9 height=9></iframe>',
  '<iframe src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'><image href=\'URL\'/></svg>" width=9 height=9></iframe>',
  '<iframe src="javascript:\'<img src=URL>\'" width=9 height=9></iframe>', '<frameset><frame src="URL"></frameset>',
  '<object data="URL" width=300 height=200></object>', '<embed src="URL" width=300 height=200>', '<object type="image/svg+xml" data="URL" width=9 height=9><img src="URL"></object>',
  '<link rel=stylesheet href="URL">', '<link rel="alternate stylesheet" title=x href="URL">', '<link rel=preload as=image href="URL">', '<link rel=preload as=image imagesrcset="URL 1x, URL 2x">',
  '<link rel=modulepreload href="URL">', '<link rel=prefetch href="URL">', '<link rel=preconnect href="URL">', '<link rel=icon href="URL">', '<link rel=manifest href="URL">',
  '<link rel=stylesheet href="data:text/css,@import \'URL\';">', '<LINK REL="x StyleSheet" HREF=URL>',
  '<style>@import "URL";</style>', '<style>@import url(URL) screen;</style>', '<style>body { background: url(URL) }</style>', '<style>body { background: image-set("URL" 1x) }</style>',
  '<style>:root { --a: "URL" } body { background: image-set(var(--a) 1x) }</style>', '<style>body { background: u\\72l("URL") }</style>',
  '<style>@font-face { font-family: G; src: url("URL") } body { font-family: G }</style>text', '<style>body:before { content: url(URL) }</style>', '<style media=print>@import "URL";</style>',
  '<style>@import/**/"URL"', '<p style="background: url(URL)">x</p>', '<div style="list-style-image: url(&quot;URL&quot;); display: list-item">x</div>', '<div style="background: URL(URL)">x</div>',
  '<table background="URL"><tr><td>x</table>', '<table><tr><td background="URL">x</table>', '<table><colgroup background="URL"><col background="URL"><tr><td>x</table>', '<body background="URL">',
  '<svg width=9 height=9><image href="URL" width=9 height=9 /></svg>', '<svg><image xlink:href="URL" width=9 height=9 /></svg>', '<svg><script href="URL"></script></svg>', '<svg><style>@import "URL";</style></svg>',
  '<svg><use href="URL#a" /></svg>', '<svg><feImage href="URL" /></svg>', '<svg><filter id=f><feImage href="URL" /></filter><rect width=9 height=9 filter="url(#f)" /></svg>',
  '<svg><rect width=9 height=9 fill="url(URL#a)" /></svg>', '<svg><rect width=9 height=9 mask="url(URL)" /></svg>', '<svg><rect width=9 height=9 style="filter: url(URL#a)" /></svg>',
  '<svg><image width=9 height=9><set attributeName=href to="URL" /></image></svg>', '<svg><image width=9 height=9><animate attributeName=xlink:href values="#a;URL" dur=1s /></image></svg>',
  '<svg><foreignObject width=9 height=9><img src="URL"></foreignObject></svg>', '<math><mtext><img src="URL"></mtext></math>', '<math><annotation-xml encoding="text/html"><img src="URL"></annotation-xml></math>',
  '<meta http-equiv=refresh content="0; url=URL">', '<meta http-equiv="Refresh" content="0,URL">', '<base href="URL"><img src=x>', '<a href="/" ping="URL">x</a>', '<img src=x attributionsrc="URL">',
  '<img src="x" onerror="this.onerror = null; this.src = \'URL\'">', '<svg onload="new Image().src = \'URL\'"></svg>', '<details open ontoggle="fetch(\'URL\')">x</details>',
  '<template shadowrootmode=open><img src="URL"></template>', '<div><template shadowrootmode=open><style>:host { background: url(URL) }</style></template></div>',
  '<template><img src="URL"></template>', '<svg><template><image href="URL" width=9 height=9 /></template></svg>', '<noscript><img src="URL"></noscript>', '<noscript><style>body { background: url(URL) }</style></noscript>',
  '<fencedframe src="URL"></fencedframe>', '<model src="URL"></model>', '<bgsound src="URL">', '<a href="URL">link</a>', '<form action="URL"><button>x</button></form>',
];

const SPELLINGS = [
  'https://HOST', 'https://HOST', 'https://HOST', 'https://HOST', '//HOST', 'HTTPS://HOST', 'https:\\\\HOST', 'https:////HOST', '\\\\HOST', '/\\HOST',
  'ht\ntps://HOST', '\thttps://HOST', '&#104;ttps://HOST', 'https&colon;//HOST', 'https:&sol;&#47;HOST', 'https://u:p@HOST', 'https://a.HOST', 'https&#x3a//HOST', 'http://HOST', '&Tab;//HOST', 'https:/&NewLine;/HOST',
];

// HERE is where something goes.
const PLACES = [
  'HERE', 'HERE', 'HERE', 'HERE', '<p>HERE</p>', '<p>HERE', '<b>HERE<i></b>HERE</i>', '<a href="/">HERE</a>', '<button>HERE</button>', '<select><option>HERE</select>', '<select>HERE</select>',
  '<table>HERE<tr><td>HERE</table>', '<table><caption>HERE</caption><tr>HERE</table>', '<ul><li>HERE<li>HERE</ul>', '<dl><dt>HERE<dd>HERE</dl>', '<svg>HERE</svg>', '<svg><title>HERE</title></svg>', '<svg><desc>HERE</svg>',
  '<svg><foreignObject>HERE</foreignObject></svg>', '<svg><style>HERE</style></svg>', '<svg><![CDATA[HERE]]></svg>', '<svg><script>HERE</script></svg>', '<math>HERE</math>', '<math><mi>HERE</mi></math>', '<math><annotation-xml>HERE</annotation-xml></math>',
  '<svg><p>HERE', '<math><svg>HERE</math>', '<noscript>HERE</noscript>', '<noscript><p title="</noscript>HERE">', '<template>HERE</template>', '<template data-service="films">HERE</template>', '<div data-service="films">HERE</div>',
  '<template></template></template>HERE', '<!--HERE-->', '<!-->HERE-->', '<!--->HERE-->', '<!--x--!>HERE', '<!--<!--HERE-->', '<!HERE>', '<?HERE?>', '</HERE>', '<![CDATA[HERE]]>', '<!--[if IE]>HERE<![endif]-->',
  '<textarea>HERE</textarea>', '<title>HERE</title>', '<xmp>HERE</xmp>', '<iframe>HERE</iframe>', '<noembed>HERE</noembed>', '<noframes>HERE</noframes>', '<style>HERE</style>', '<style><!--</style>HERE--></style>',
  '<script>/*HERE*/</script>', '<script><!--<script></script>HERE--></script>', '<script>"<!--<script>"</script>HERE', '<script type="text/plain">HERE</script>', '<title><a title="</title>HERE">', '<xmp><a title="</xmp>HERE">',
  '<plaintext>HERE', '<object>HERE</object>', '<video>HERE</video>', '<picture>HERE</picture>', '<audio>HERE</audio>', '<map>HERE</map>', '<fieldset><legend>HERE</legend>HERE</fieldset>', '<details open>HERE</details>',
  '<div title="HERE">', '<div title=\'HERE\'>', '<div a=`HERE`>', '<div "HERE>', '<div x=HERE>', '<div =">HERE">', '<div a/HERE>', '<p/>HERE', '</p>HERE', '</br>HERE', '<br/>HERE<hr>HERE', '<h1>HERE<h2>HERE</h1>', '<nobr>HERE<nobr>HERE', '<font>HERE<p>HERE</font>HERE',
  '<form><div></form>HERE', '<center><table><a>HERE</table>HERE', '<ruby>HERE<rt>HERE</ruby>', '<span class="consent-placeholder" data-service="films">HERE</span>', '<html><head>HERE</head><body>HERE', '<frameset>HERE', '</body>HERE', '</html>HERE<!--x-->',
];

const NOISE = ['<', '>', '"', "'", '/', '=', '\0', '\t', '\n', '\f', '&', '<!--', '-->', '<svg>', '</svg>', '</template>', '<template>', '</div>', '<p>', '</script>', '</style>', '<![CDATA[', ']]>', ' ', '`', '\\', '\u00A0', '<math>', '<title>', '</title>'];

export function oddDocument(next, address) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  let parts = 0;
  const vector = () => {
    const url = pick(SPELLINGS).replace('HOST', address(`/${parts += 1}`));
    const text = pick(VECTORS).replaceAll('URL', () => url);
    return next() < 0.08 ? text.toUpperCase().replace(/HTTPS?:|[A-Z.]+\.EXAMPLE\/\d+/g, (part) => part.toLowerCase()) : text;
  };
  const piece = (depth) => pick(PLACES).replaceAll('HERE', () => (depth > 0 && next() < 0.5 ? piece(depth - 1) : vector()));
  let text = '';
  for (let n = 1 + Math.floor(next() * 2); n > 0; n -= 1) text += piece(2);
  for (let n = next() < 0.35 ? 1 + Math.floor(next() * 3) : 0; n > 0; n -= 1) {
    const at = Math.floor(next() * text.length);
    const kind = next();
    if (kind < 0.4) text = text.slice(0, at) + pick(NOISE) + text.slice(at);
    else if (kind < 0.7) text = text.slice(0, at) + text.slice(at + 1 + Math.floor(next() * 4));
    else if (kind < 0.85) text = text.slice(0, at) + text.slice(at, at + 12) + text.slice(at);
    else text = text.slice(0, at) + pick(NOISE) + text.slice(at + 1);
  }
  return text;
}
