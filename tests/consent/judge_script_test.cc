#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string script(std::string_view text) { return text_of(judge_script(services(), text, "/docs/js/main.js"), text); }

}  // namespace

TEST_CASE("a script's names that reach what a browser keeps are found") {
  const Row rows[] = {
      {"localStorage.a = 1", "storage localStorage at 'localStorage'\n"},
      {"window.sessionStorage", "storage sessionStorage at 'sessionStorage'\n"},
      {"window['localStorage']", "storage localStorage at ''localStorage''\n"},
      {"window[`local\\u0053torage`]", "storage localStorage at '`local\\u0053torage`'\n"},
      {"loc\\u0061lStorage", "storage localStorage at 'loc\\u0061lStorage'\n"},
      {"const {localStorage: l} = window", "storage localStorage at 'localStorage'\n"},
      {"x?.indexedDB.open()", "storage indexedDB at 'indexedDB'\n"},
      {"cookieStore.get('a')", "storage cookieStore at 'cookieStore'\n"},
      {"navigator.serviceWorker.register('x')", "storage serviceWorker at 'serviceWorker'\n"},
      {"`${localStorage.a}`", "storage localStorage at 'localStorage'\n"},
      {"`a${`b${localStorage}`}c`", "storage localStorage at 'localStorage'\n"},
      {"// localStorage\n/* localStorage */", ""},
      {"#! localStorage\n", ""},
      {"'see localStorage'", ""},
      {"`see localStorage`", ""},
      {"localStorages; myLocalStorage; localstorage", ""},
      // document.cookie
      {"document.cookie = 'a=b'", "storage document.cookie at 'cookie'\n"},
      {"document /**/ .\n cookie", "storage document.cookie at 'cookie'\n"},
      {"var d=document;d.cookie", "storage document.cookie at 'cookie'\n"},
      {"document['cookie']", "storage document.cookie at ''cookie''\n"},
      {"f()[\"cookie\"]", "storage document.cookie at '\"cookie\"'\n"},
      {"const {cookie} = document", "storage document.cookie at 'cookie'\n"},
      {"const {cookie: c} = window.document", "storage document.cookie at 'cookie'\n"},
      {"Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')", "storage document.cookie at ''cookie''\n"},
      {"Reflect.set(document, 'cookie', x)", "storage document.cookie at ''cookie''\n"},
      {"f({cookie: 1}); const {cookie} = options; g(cookie); ['a', 'cookie']", ""},
      // caches
      {"caches.open('a')", "storage caches at 'caches'\n"},
      {"window.caches", "storage caches at 'caches'\n"},
      {"self['caches']", "storage caches at ''caches''\n"},
      {"const {caches: c} = globalThis", "storage caches at 'caches'\n"},
      {"f(caches)", "storage caches at 'caches'\n"},
      {"a ? caches : b", "storage caches at 'caches'\n"},
      {"c=caches", "storage caches at 'caches'\n"},
      {"const caches = new Map; caches.has(1)", ""},
      {"this.caches.get(1); f({caches: 1}); x['caches']", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(script(row.text) == row.found);
  }
}

TEST_CASE("a script's strings and regular expressions are told from its code") {
  const Row rows[] = {
      {"'\\'localStorage'; \"a\\\nlocalStorage\"", ""},
      {"a = b / c; localStorage / d", "storage localStorage at 'localStorage'\n"},
      {"/'/.test(a); localStorage; /'/", "storage localStorage at 'localStorage'\n"},
      {"x = /[/'\"`]/; localStorage", "storage localStorage at 'localStorage'\n"},
      {"if (a) /`/.test(b); localStorage", "storage localStorage at 'localStorage'\n"},
      {"(a) / '/' ; 'localStorage '", ""},
      {"return /`/; localStorage", "storage localStorage at 'localStorage'\n"},
      {"a.return / 2 / `localStorage `", ""},
      {"function f() {} /`/.test(a); localStorage", "storage localStorage at 'localStorage'\n"},
      {"a = {} / 2; `x` / localStorage", "storage localStorage at 'localStorage'\n"},
      {"a++ / 2; localStorage / 3", "storage localStorage at 'localStorage'\n"},
      {"a = `}` + /}`/ ; localStorage", "storage localStorage at 'localStorage'\n"},
      {"x = 'never closed\nlocalStorage", "storage localStorage at 'localStorage'\n"},
      {"<!-- don't\nlocalStorage", "storage localStorage at 'localStorage'\n"},
      {"1e+5.localStorage", ""},
      {"a /localStorage/ b", "storage localStorage at 'localStorage'\n"},
      {"for await (x of /localStorage/g) {}", "storage localStorage at '/localStorage/g'\n"},
      {"a\xE2\x80\xA8//b\xE2\x80\xA9localStorage", "storage localStorage at 'localStorage'\n"},
      {"document.\xC2\xA0"
       "cookie",
       "storage document.cookie at 'cookie'\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(script(row.text) == row.found);
  }
}

TEST_CASE("a script's hosts and imports are found") {
  const Row rows[] = {
      {"fetch('https://films.example/x')",
       "host films.example at ''https://films.example/x''\n" + counts("https://films.example")},
      {"a = 'FILMS.Example.'", "host films.example at ''FILMS.Example.''\n" + counts("https://films.example")},
      {"a = `//a.b.films.example:80/${x}`",
       "host a.b.films.example at '`//a.b.films.example:80/${'\n" + counts("https://a.b.films.example:80")},
      {"/https:\\/\\/films\\.example/",
       "host films.example at '/https:\\/\\/films\\.example/'\n" + counts("https://films.example")},
      {"// https://films.example/", ""},
      {"'notfilms.example films.example.org'", ""},
      {"fetch('https://px.example/')", ""},
      {"fetch('https://shop.example/')", "necessary 1\n" + counts("https://shop.example")},
      {"new WebSocket('wss://shop.example:8443/a')", "necessary 1\nsource connect wss://shop.example:8443\n"},
      {"a = 'HTTP://shop.example/', b = 'xhttp://shop.example:'",
       "necessary 1\n" + counts("http://shop.example") + counts("https://shop.example")},
      {"import './a.js'; import b from \"../b.js\"; export * from '/docs/c.js';",
       "import /docs/js/a.js\nimport /docs/b.js\nimport /docs/c.js\n"},
      {"import {a as from} from './a.js' with {type: 'json'}", "import /docs/js/a.js\n"},
      {"import('./a.js').then(); import.defer('./b.js'); import(`./c.js`)",
       "import /docs/js/a.js\nimport /docs/js/b.js\nimport /docs/js/c.js\n"},
      {"new Worker('a.js'); new SharedWorker('/docs/b.js', {type: 'module'})",
       "source worker 'self'\nimport /docs/js/a.js\nimport /docs/b.js\n"},
      {"new Worker(new URL('./a.js', import.meta.url))", "source worker 'self'\nimport /docs/js/a.js\n"},
      {"const u = new URL('./a.js', import.meta.url); f(u); new Worker(u, {type: 'module'})",
       "source worker 'self'\nimport /docs/js/a.js\n"},
      {"new Worker('./a.js?v=' + v)", "source worker 'self'\n"},
      {"new Worker(`/docs/${name}.js`)", "source worker 'self'\n"},
      // No file of the site becomes one.
      {"new Worker(URL.createObjectURL(blob)); new URL('./a.json', import.meta.url)", "import /docs/js/a.json\n"},
      {"new URL('./a.js', import.meta.url); Worker('./b.js')", "import /docs/js/a.js\n"},
      {"new Worker('//px.example/a.js')", undeclared("'//px.example/a.js'")},
      {"new URL('./a.js', location)", ""},
      {"importScripts('/a.js', '/b.js')", "import /a.js\nimport /b.js\n"},
      {"import 'lodash'; Array.from('./x.js')", ""},
      {"import 'https://px.example/a.js'", undeclared("'https://px.example/a.js'")},
      {"import('//px.example/a.js')", undeclared("'//px.example/a.js'")},
      {"import('https://' + host)", ""},
      {"import('https://px.example/' + file)", undeclared("'https://px.example/'")},
      {"import(`https://px.example/${file}`)", undeclared("`https://px.example/${")},
      {"import(`https://px.${x}`)", ""},
      {"import a from 'https://films.example/a.js'", "host films.example at ''https://films.example/a.js''\n" +
                                                         counts("https://films.example") +
                                                         "source script https://films.example\n"},
      {"import a from 'https://shop.example/a.js'",
       "necessary 1\n" + counts("https://shop.example") + "source script https://shop.example\n"},
      {"import 'data:text/javascript,localStorage'",
       "storage localStorage at ''data:text/javascript,localStorage''\nsource script data:\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(script(row.text) == row.found);
  }
}
