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
    all(".off[hidden]", root).forEach(setOff);
  };

  // Two texts beside each other, built from plain text and numbers.
  var pane = function (letter, colour, pieces, quotes, side) {
    var letters = Array.from(data.texts[letter]);
    var box = make("div", "pane");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", side + ": " + letter + " " + data.names[letter]);
    var at = 0;
    for (var i = 0; i < pieces.length; i += 3) {
      var text = letters.slice(at, at + pieces[i]).join("");
      at += pieces[i];
      var style = data.styles[pieces[i + 2]];
      var tag = { removed: "del", added: "ins", both: "b" }[style] || "span";
      var span = make(tag, pieces[i + 1] ? "linked " + colour : "loose", text);
      if (pieces[i + 1]) {
        span.dataset.link = pieces[i + 1];
        if (quotes.indexOf(pieces[i + 1]) >= 0) { span.classList.add("said"); }
      }
      box.appendChild(span);
    }
    return box;
  };
  // Runs of four words and more that two texts share, where no sentence was traced.
  var MIN_RUN = 4;
  var wordsOf = function (text) {
    var found = [], pattern = /[\p{L}\p{N}]+/gu, hit;
    while ((hit = pattern.exec(text))) { found.push([hit[0].toLowerCase(), hit.index, hit.index + hit[0].length]); }
    return found;
  };
  var length = function (text) { return Array.from(text).length; };
  var shared = function (one, other) {
    var a = wordsOf(one), b = wordsOf(other), places = new Map(), runs = [];
    var key = function (list, at) { return list.slice(at, at + MIN_RUN).map(function (word) { return word[0]; }).join(" "); };
    for (var j = 0; j + MIN_RUN <= b.length; j += 1) {
      var name = key(b, j);
      if (!places.has(name)) { places.set(name, []); }
      places.get(name).push(j);
    }
    for (var i = 0; i + MIN_RUN <= a.length;) {
      var best = [0, 0];
      (places.get(key(a, i)) || []).forEach(function (at) {
        var n = MIN_RUN;
        while (i + n < a.length && at + n < b.length && a[i + n][0] === b[at + n][0]) { n += 1; }
        if (n > best[0]) { best = [n, at]; }
      });
      if (best[0]) {
        runs.push([a[i][1], a[i + best[0] - 1][2], b[best[1]][1], b[best[1] + best[0] - 1][2], runs.length + 1]);
        i += best[0];
      } else { i += 1; }
    }
    var both = data.styles.indexOf("both");
    var side = function (text, from, to) {
      var pieces = [], at = 0;
      runs.slice().sort(function (x, y) { return x[from] - y[from]; }).forEach(function (run) {
        if (run[from] < at) { return; }
        if (at < run[from]) { pieces.push(length(text.slice(at, run[from])), 0, 0); }
        pieces.push(length(text.slice(run[from], run[to])), run[4], both);
        at = run[to];
      });
      if (at < text.length) { pieces.push(length(text.slice(at)), 0, 0); }
      return pieces;
    };
    return [side(one, 0, 1), side(other, 2, 3)];
  };
  // The text in question stands on the left, its source on the right.
  var setSides = function (fold) {
    var pair = data.pairs[fold.dataset.pair];
    if (pair && !fold.querySelector(".panes")) {
      setPair(fold, pair[4], pair[0], pair[2], pair[6], pair[3], pair[7], "traced");
    }
  };
  var setPair = function (fold, left, right, colour, here, there, quotes, how) {
    fold.appendChild(make("p", "small", how === "traced"
      ? "Coloured words on the one side were traced to those on the other. Underlined: only in " + left + "; crossed out: only in " +
        right + "; bold: in both. The texts scroll together. Point at a passage, or use the arrow keys, to see its counterpart."
      : "No sentence was traced between these two. Bold: " + MIN_RUN + " words in a row and more that both have."));
    var bar = make("div", "filter"), quoted = make("label"), box = make("input");
    box.type = "checkbox";
    box.disabled = !quotes.length;
    quoted.append(box, " Without quotes");
    var back = make("button", "", "Previous match"), next = make("button", "", "Next match");
    back.type = next.type = "button";
    bar.append(back, next, quoted);
    fold.appendChild(bar);
    var holder = make("div", "panes");
    var panes = [pane(left, colour, here, quotes, "Left"), pane(right, colour, there, quotes, "Right")];
    panes.forEach(function (pane, place) {
      var column = make("div", "column"), letter = place ? right : left;
      column.appendChild(make("h3", "", letter + " " + data.names[letter]));
      column.appendChild(pane);
      holder.appendChild(column);
    });
    fold.appendChild(holder);
    var live = make("p", "small live");
    live.setAttribute("role", "status");
    fold.appendChild(live);
    var matches = function (pane) {
      return all("[data-link]", pane).filter(function (span) { return !(box.checked && span.classList.contains("said")); })
        .map(function (span) { return span.dataset.link; })
        .filter(function (link, index, links) { return links.indexOf(link) === index; });
    };
    var tell = function () {
      var n = matches(panes[0]).length;
      live.textContent = n + (n === 1 ? " match" : " matches");
      back.disabled = next.disabled = !n;
    };
    box.addEventListener("change", function () { holder.classList.toggle("unquoted", box.checked); tell(); });
    var step = function (pane, by) {
      var order = matches(pane);
      if (!order.length) { return; }
      var at = order.indexOf(holder.dataset.link || "") + by;
      if (!holder.dataset.link && by < 0) { at = order.length - 1; }
      var link = order[Math.max(0, Math.min(order.length - 1, at))];
      choose(link, -1);
      live.textContent = "Passage " + (order.indexOf(link) + 1) + " of " + order.length + ": left “" +
        said(panes[0], link) + "”, right “" + said(panes[1], link) + "”";
    };
    back.addEventListener("click", function () { step(panes[0], -1); });
    next.addEventListener("click", function () { step(panes[0], 1); });
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
        var by = { ArrowRight: 1, ArrowLeft: -1, n: 1, p: -1 }[event.key];
        if (by && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); step(box, by); }
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
    tell();
  };
  var said = function (box, link) {
    return all('[data-link="' + link + '"]', box).map(function (span) { return span.textContent; }).join("").slice(0, 160);
  };

  // Any two texts that are on the page.
  var left = document.getElementById("left"), right = document.getElementById("right");
  var any = document.getElementById("any"), letters = Object.keys(data.texts);
  var setAny = function () {
    any.textContent = "";
    var one = left.value, other = right.value, found = null, turned = null;
    if (one === other) { any.appendChild(make("p", "small", "Choose two different texts.")); return; }
    Object.keys(data.pairs).forEach(function (name) {
      var pair = data.pairs[name], traced = pair[3].length > 3;
      if (traced && pair[4] === one && pair[0] === other) { found = found || pair; }
      if (traced && pair[0] === one && pair[4] === other) { turned = turned || pair; }
    });
    if (found) {
      setPair(any, one, other, found[2], found[6], found[3], found[7], "traced");
    } else if (turned) {
      setPair(any, one, other, turned[2], turned[3], turned[6], turned[7], "turned");
    } else {
      var sides = shared(data.texts[one], data.texts[other]);
      setPair(any, one, other, "plain", sides[0], sides[1], [], "shared");
    }
  };
  if (letters.length > 1) {
    [left, right].forEach(function (choice, place) {
      letters.forEach(function (letter) {
        var option = make("option", "", letter + " " + data.names[letter]);
        option.value = letter;
        choice.appendChild(option);
      });
      choice.value = data.lead[place] || letters[place];
      choice.addEventListener("change", setAny);
    });
    document.querySelector(".sidebyside").hidden = false;
    setAny();
  }

  // Filters of passages and of articles.
  var kind = document.getElementById("kind"), find = document.getElementById("find");
  var from = document.getElementById("source"), unquoted = document.getElementById("unquoted");
  var fits = function (its, letter, changed, isSaid) {
    return (kind.value === "" || (kind.value === "changed" ? changed : its === kind.value)) &&
      (from.value === "" || letter === from.value) && !(unquoted.checked && isSaid);
  };
  var filterRows = function (root) {
    all("tr[data-kind]", root).forEach(function (row) {
      row.hidden = !fits(row.dataset.kind, row.dataset.source, Boolean(row.dataset.changed), Boolean(row.dataset.said));
    });
  };
  var number = function (fold) {
    var found = 0;
    fold.dataset.kinds.split(" ").forEach(function (told) {
      var part = told.split(":"), what = part[0].split("/");
      if (part[1] && fits(what[0], what[1], what[2] === "changed", what[3] === "said")) { found += Number(part[1]); }
    });
    return found;
  };
  var filter = function () {
    var words = find.value.trim().toLowerCase(), passages = 0, articles = 0;
    var narrow = kind.value !== "" || from.value !== "" || unquoted.checked;
    all("details.article").forEach(function (fold) {
      var here = number(fold);
      // The name shown is cut; a reader may look for any words of the headline.
      var named = fold.querySelector("summary").textContent + "\n" + fold.dataset.title;
      fold.hidden = (narrow && !here) || (words !== "" && named.toLowerCase().indexOf(words) < 0);
      if (!fold.hidden) { passages += here; articles += 1; }
    });
    filterRows(document);
    document.getElementById("found").textContent = passages + (passages === 1 ? " passage" : " passages") +
      " in " + articles + (articles === 1 ? " article" : " articles");
  };
  // From match to match, through all articles that are shown.
  var current = null;
  var stepRow = function (by) {
    var folds = all("details.article:not([hidden])").filter(number);
    if (!folds.length) { return; }
    var rows = function (fold) { unpack(fold); return all("tr[data-kind]:not([hidden])", fold); };
    var fold = current && current.closest("details.article");
    var place = folds.indexOf(fold), list = place < 0 ? [] : rows(fold), at = list.indexOf(current) + by;
    if (place < 0 || at < 0 || at >= list.length) {
      place = place < 0 ? (by > 0 ? 0 : folds.length - 1) : place + by;
      if (place < 0 || place >= folds.length) { return; }
      list = rows(folds[place]);
      at = by > 0 ? 0 : list.length - 1;
    }
    if (current) { current.classList.remove("on"); }
    current = list[at];
    for (var node = current; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    current.classList.add("on");
    current.tabIndex = -1;
    current.focus({ preventScroll: true });
    showAt(current, "center", 3);
    document.getElementById("found").textContent = "Passage " + (at + 1) + " of " + list.length + " in " +
      current.closest("details.article").querySelector(".letter").textContent;
  };
  document.getElementById("before").addEventListener("click", function () { stepRow(-1); });
  document.getElementById("after").addEventListener("click", function () { stepRow(1); });
  document.querySelector('section[aria-labelledby="articles"]').addEventListener("keydown", function (event) {
    var by = { n: 1, p: -1 }[event.key];
    if (by && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !event.target.closest(".pane") &&
      !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); stepRow(by); }
  });
  from.addEventListener("change", filter);
  unquoted.addEventListener("change", filter);
  kind.addEventListener("change", filter);
  find.addEventListener("input", filter);
  all(".filter, .zoom").forEach(function (tools) { tools.hidden = false; });

  // A source that the reader rules out, with the reason and what the tables have instead.
  var switched = document.getElementById("switched");
  var setOff = function (off) {
    var button = off.querySelector("button"), reason = off.querySelector("input"), next = off.querySelector(".next");
    var source = off.dataset.source, target = off.dataset.target, told = null, words = button.textContent;
    off.hidden = false;
    button.addEventListener("click", function () {
      if (!told && !reason.value.trim()) {
        reason.setAttribute("aria-invalid", "true");
        reason.placeholder = "Say why";
        reason.focus();
        return;
      }
      reason.removeAttribute("aria-invalid");
      if (told) { told.remove(); told = null; } else {
        told = make("li", "", "You switched " + source + " off as a source of " + target + ", because: " + reason.value.trim() +
          ". " + next.textContent);
        switched.appendChild(told);
      }
      var isOff = Boolean(told);
      reason.disabled = isOff;
      button.textContent = isOff ? "Switch " + source + " on again" : words;
      next.hidden = !isOff;
      switched.hidden = !switched.children.length;
      all('a[href="#' + off.dataset.edge + '"].line', dag).forEach(function (line) { line.classList.toggle("is-off", isOff); });
      all("details.article").forEach(function (fold) {
        if (fold.querySelector(".letter").textContent !== target) { return; }
        unpack(fold);
        all('tr[data-source="' + source + '"]', fold).forEach(function (row) { row.classList.toggle("is-off", isOff); });
      });
    });
  };

  // The picture: zoom, drag, selection.
  var canvas = document.querySelector(".canvas"), dag = canvas.querySelector(".dag");
  var size = [Number(dag.getAttribute("width")), Number(dag.getAttribute("height"))], scale = 1;
  var zoom = function (to) {
    var middle = [(canvas.scrollLeft + canvas.clientWidth / 2) / scale, (canvas.scrollTop + canvas.clientHeight / 2) / scale];
    scale = Math.max(0.15, Math.min(3, to));
    dag.setAttribute("width", size[0] * scale);
    dag.setAttribute("height", size[1] * scale);
    // Words that nobody can read give way to letters, which stand beside all names on the page.
    dag.closest("figure").classList.toggle("tiny", scale < 0.6);
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
    showAt(target, target === document.getElementById("main") || target.tagName === "DETAILS" || /^H\d$/.test(target.tagName) ? "start" : "center", 3);
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
  all(".steps, .filter").forEach(function (tools) { tools.hidden = false; });

  var opened = [], drawn = 1, printing = false;
  window.addEventListener("beforeprint", function () {
    opened = all("details:not([open])");
    printing = true;
    drawn = scale;
    zoom(1);
    unfold(true, document.body.classList.contains("large") ? ":not(.screen *)" : "");
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
    zoom(drawn);
    printing = false;
  });
  watch(document);
  all("details[open]").forEach(unpack);
  // In a frame that is not shown yet the page has no width; and a phone may be turned. Until the reader zooms.
  var wide = 0, touched = false;
  var begin = function () {
    if (touched || printing || !canvas.clientWidth || canvas.offsetWidth === wide) { return; }
    wide = canvas.offsetWidth;
    if (wide < 600) { fit(); } else { zoom(Math.max(0.7, Math.min(1, (canvas.clientWidth - 2) / size[0]))); }
    canvas.scrollLeft = 0;
  };
  all("[data-zoom]").forEach(function (button) { button.addEventListener("click", function () { touched = true; }); });
  canvas.addEventListener("keydown", function () { touched = true; });
  canvas.addEventListener("wheel", function (event) { touched = touched || event.ctrlKey; }, { passive: true });
  begin();
  new ResizeObserver(begin).observe(canvas);
  reveal();
})();
