(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var all = function (selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  };
  var make = function (tag, name, text) {
    var node = document.createElement(tag);
    if (name) { node.className = name; }
    if (text) { node.textContent = text; }
    return node;
  };

  // What is folded in a long report waits as text until it is opened.
  var waiting = function (fold) {
    for (var node = fold.firstElementChild; node; node = node.nextElementSibling) {
      if (node.tagName === "NOSCRIPT") { return node; }
    }
    return null;
  };
  var unpack = function (fold) {
    var packed = waiting(fold);
    if (packed) {
      var parsed = make("template");
      parsed.innerHTML = packed.textContent;
      packed.replaceWith(parsed.content);
      watch(fold);
      filterRows(fold);
    }
  };
  var watch = function (root) {
    all("details", root).forEach(function (fold) {
      fold.addEventListener("toggle", function () {
        if (fold.open) { unpack(fold); if (fold.dataset.pair) { setSides(fold); } }
      });
    });
  };

  // Both texts of an edge, built from plain text and numbers.
  var pane = function (letter, name, colour, pieces, side) {
    var letters = Array.from(data.texts[letter]);
    var box = make("div", "pane");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", side + ": " + letter + " " + name);
    var at = 0;
    for (var i = 0; i < pieces.length; i += 3) {
      var text = letters.slice(at, at + pieces[i]).join("");
      at += pieces[i];
      var style = data.styles[pieces[i + 2]];
      var tag = { removed: "del", added: "ins", both: "b" }[style] || "span";
      var span = make(tag, pieces[i + 1] ? "linked " + colour : "loose", text);
      if (pieces[i + 1]) { span.dataset.link = pieces[i + 1]; }
      box.appendChild(span);
    }
    return box;
  };
  var setSides = function (fold) {
    var pair = data.pairs[fold.dataset.pair];
    if (!pair || fold.querySelector(".panes")) { return; }
    fold.appendChild(make("p", "small",
      "Coloured words on the right were traced to those on the left. Crossed out: only on the left; underlined: only on the right; bold: in both. " +
      "The texts scroll together. Point at a passage, or use the left and right arrow keys, to see its counterpart."));
    var holder = make("div", "panes");
    var panes = [pane(pair[0], pair[1], pair[2], pair[3], "Source"),
      pane(pair[4], pair[5], pair[2], pair[6], "Target")];
    panes.forEach(function (box, place) {
      var column = make("div", "column");
      column.appendChild(make("h3", "", place ? pair[4] + " " + pair[5] : pair[0] + " " + pair[1]));
      column.appendChild(box);
      holder.appendChild(column);
    });
    fold.appendChild(holder);
    var live = make("p", "small live");
    live.setAttribute("role", "status");
    fold.appendChild(live);
    var busy = false;
    var show = function (box, span) {
      box.scrollTop += span.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    };
    var choose = function (number, from) {
      all(".on", holder).forEach(function (span) { span.classList.remove("on"); });
      panes.forEach(function (box, place) {
        var spans = all('[data-link="' + number + '"]', box);
        spans.forEach(function (span) { span.classList.add("on"); });
        if (spans.length && place !== from) { busy = true; show(box, spans[0]); }
      });
      holder.dataset.link = number;
    };
    panes.forEach(function (box, place) {
      box.addEventListener("mouseover", function (event) {
        var span = event.target.closest("[data-link]");
        if (span && span.dataset.link !== holder.dataset.link) { choose(span.dataset.link, place); }
      });
      box.addEventListener("keydown", function (event) {
        var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) { return; }
        event.preventDefault();
        var order = all("[data-link]", box).map(function (span) { return span.dataset.link; })
          .filter(function (link, index, links) { return links.indexOf(link) === index; });
        if (!order.length) { return; }
        var next = order.indexOf(holder.dataset.link || "") + step;
        var link = order[Math.max(0, Math.min(order.length - 1, next))];
        choose(link, -1);
        live.textContent = "Passage " + (order.indexOf(link) + 1) + " of " + order.length + ": left “" +
          said(panes[0], link) + "”, right “" + said(panes[1], link) + "”";
      });
      box.addEventListener("scroll", function () {
        if (busy) { busy = false; return; }
        var middle = box.getBoundingClientRect().top + box.clientHeight / 3;
        var nearest = null, least = Infinity;
        all("[data-link]", box).forEach(function (span) {
          var far = Math.abs(span.getBoundingClientRect().top - middle);
          if (far < least) { least = far; nearest = span; }
        });
        var other = panes[1 - place];
        var partner = nearest && other.querySelector('[data-link="' + nearest.dataset.link + '"]');
        busy = true;
        if (partner) {
          other.scrollTop += partner.getBoundingClientRect().top - other.getBoundingClientRect().top -
            (nearest.getBoundingClientRect().top - box.getBoundingClientRect().top);
        } else {
          other.scrollTop = box.scrollTop / Math.max(1, box.scrollHeight) * other.scrollHeight;
        }
        window.setTimeout(function () { busy = false; }, 60);
      });
    });
  };
  var said = function (box, link) {
    return all('[data-link="' + link + '"]', box).map(function (span) { return span.textContent; }).join("").slice(0, 160);
  };

  // Filters of passages and of articles.
  var kind = document.getElementById("kind"), find = document.getElementById("find");
  var filterRows = function (root) {
    all("tr[data-kind]", root).forEach(function (row) {
      row.hidden = kind.value !== "" && (kind.value === "changed" ? !row.dataset.changed : row.dataset.kind !== kind.value);
    });
  };
  var number = function (fold) {
    var found = 0;
    fold.dataset.kinds.split(" ").forEach(function (pair) {
      var part = pair.split(":");
      if (kind.value === "" ? part[0] && part[0] !== "changed" : part[0] === kind.value) { found += Number(part[1]); }
    });
    return found;
  };
  var filter = function () {
    var words = find.value.trim().toLowerCase(), passages = 0, articles = 0;
    all("details.article").forEach(function (fold) {
      var here = number(fold);
      fold.hidden = (kind.value !== "" && !here) ||
        (words !== "" && fold.querySelector("summary").textContent.toLowerCase().indexOf(words) < 0);
      if (!fold.hidden) { passages += here; articles += 1; }
    });
    filterRows(document);
    document.getElementById("found").textContent = passages + (passages === 1 ? " passage" : " passages") +
      " in " + articles + (articles === 1 ? " article" : " articles");
  };
  kind.addEventListener("change", filter);
  find.addEventListener("input", filter);
  all(".filter, .zoom").forEach(function (tools) { tools.hidden = false; });

  // The picture: zoom, drag, selection.
  var canvas = document.querySelector(".canvas"), dag = canvas.querySelector(".dag");
  var size = [Number(dag.getAttribute("width")), Number(dag.getAttribute("height"))], scale = 1;
  var zoom = function (to) {
    var middle = [(canvas.scrollLeft + canvas.clientWidth / 2) / scale, (canvas.scrollTop + canvas.clientHeight / 2) / scale];
    scale = Math.max(0.15, Math.min(3, to));
    dag.setAttribute("width", size[0] * scale);
    dag.setAttribute("height", size[1] * scale);
    canvas.scrollLeft = middle[0] * scale - canvas.clientWidth / 2;
    canvas.scrollTop = middle[1] * scale - canvas.clientHeight / 2;
  };
  var fit = function () { zoom(Math.min(1, (canvas.clientWidth - 2) / size[0])); };
  var zooms = {
    "in": function () { zoom(scale * 1.25); }, out: function () { zoom(scale / 1.25); },
    fit: fit, full: function () { zoom(1); }
  };
  all("[data-zoom]").forEach(function (button) { button.addEventListener("click", zooms[button.dataset.zoom]); });
  canvas.addEventListener("keydown", function (event) {
    var action = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
    if (action && !event.ctrlKey && !event.metaKey) { event.preventDefault(); zooms[action](); }
  });
  canvas.addEventListener("wheel", function (event) {
    if (event.ctrlKey) { event.preventDefault(); zoom(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15)); }
  }, { passive: false });
  var drag = null;
  canvas.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "mouse" && event.button === 0) {
      drag = [event.clientX, event.clientY, canvas.scrollLeft, canvas.scrollTop, false];
    }
  });
  window.addEventListener("pointermove", function (event) {
    if (!drag) { return; }
    var dx = event.clientX - drag[0], dy = event.clientY - drag[1];
    if (Math.abs(dx) + Math.abs(dy) > 5) { drag[4] = true; }
    if (drag[4]) { canvas.scrollLeft = drag[2] - dx; canvas.scrollTop = drag[3] - dy; }
  });
  window.addEventListener("pointerup", function () {
    if (drag && drag[4]) {
      canvas.addEventListener("click", function (event) { event.preventDefault(); }, { once: true, capture: true });
    }
    drag = null;
  });
  dag.addEventListener("dragstart", function (event) { event.preventDefault(); });
  var rivals = document.getElementById("rivals");
  if (rivals) {
    rivals.addEventListener("click", function () {
      rivals.setAttribute("aria-pressed", String(dag.classList.toggle("with-rivals")));
    });
  }

  // What comes into sight takes the height that it has, so the place is looked up again.
  var showAt = function (target, block, times) {
    target.scrollIntoView({ block: block });
    if (times) { requestAnimationFrame(function () { showAt(target, block, times - 1); }); }
  };

  // A link opens what it leads to, and marks it in the picture.
  var reveal = function () {
    var name = decodeURIComponent(location.hash.slice(1));
    if (!name) { return; }
    var target = document.getElementById(name);
    if (!target && /^article-\d+-/.test(name)) {
      var fold = document.getElementById(name.split("-").slice(0, 2).join("-"));
      if (fold) { unpack(fold); target = document.getElementById(name); }
    }
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { unpack(node); node.open = true; node.hidden = false; }
    }
    all(".chosen", dag).forEach(function (one) { one.classList.remove("chosen"); });
    var drawn = ["#" + name];
    all('.member a[href="#' + CSS.escape(name) + '"]').forEach(function (link) {
      drawn.push("#" + link.closest("details").id);
    });
    all("a", dag).forEach(function (one) {
      if (drawn.indexOf(one.getAttribute("href")) >= 0) { one.classList.add("chosen"); }
    });
    if (!target) { return; }
    if (target.classList.contains("edge")) {
      var sides = target.querySelector(".sides");
      if (sides) { sides.open = true; }
    }
    showAt(target, target.tagName === "DETAILS" || /^H\d$/.test(target.tagName) ? "start" : "center", 3);
    var head = target.tagName === "DETAILS" ? target.querySelector("summary") : null;
    if (head) { head.focus({ preventScroll: true }); }
  };
  window.addEventListener("hashchange", reveal);
  all('a[href^="#"]').forEach(function (link) {
    link.addEventListener("click", function () {
      if (link.getAttribute("href") === location.hash) { reveal(); }
    });
  });

  var unfold = function (open, which) {
    // Once more for what was folded in what was unpacked.
    for (var turn = 0; turn < (open ? 2 : 1); turn += 1) {
      all("details:not([data-pair])" + (which || "")).forEach(function (fold) {
        if (open) { unpack(fold); }
        fold.open = open;
      });
    }
  };
  var tools = make("div", "tools");
  [["Open all", true], ["Close all", false]].forEach(function (pair) {
    var button = make("button", "", pair[0]);
    button.type = "button";
    button.addEventListener("click", function () { unfold(pair[1]); });
    tools.appendChild(button);
  });
  var printer = make("button", "", "Print");
  printer.type = "button";
  printer.addEventListener("click", function () { window.print(); });
  tools.appendChild(printer);
  document.querySelector("nav").appendChild(tools);

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("details:not([open])");
    unfold(true, document.body.classList.contains("large") ? ":not(.screen *)" : "");
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });
  watch(document);
  all("details[open]").forEach(unpack);
  // A wide picture begins as small as can still be read.
  var first = canvas.clientWidth < 600 ? 0.8 : Math.max(0.7, Math.min(1, (canvas.clientWidth - 2) / size[0]));
  if (first < 1) { zoom(first); canvas.scrollLeft = 0; }
  var source = dag.querySelector("a.box rect");
  if (source) { canvas.scrollTop = (Number(source.getAttribute("y")) - 40) * scale; }
  reveal();
})();
