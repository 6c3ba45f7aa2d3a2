(function () {
  "use strict";
  const byId = function (id) { return document.getElementById(id); };
  const boxes = byId("boxes");
  const withAddresses = document.body.dataset.addresses === "yes";
  const maxTexts = Number(document.body.dataset.maxTexts);
  const maxBytes = Number(document.body.dataset.maxBytes);
  const files = new WeakMap();
  const STAGES = {
    "reading": "Reading the texts",
    "comparing words": "Comparing words",
    "weighing evidence": "Weighing the evidence",
    "choosing parents": "Choosing sources",
    "writing the report": "Writing the report"
  };
  let running = null;
  let nextId = 1;

  // Boxes.
  const all = function () { return Array.from(boxes.children); };
  const field = function (box) { return box.querySelector("textarea, input[type=url]"); };
  const nameOf = function (box) {
    return { text: "Text ", file: "File ", address: "Web address " }[box.dataset.kind];
  };
  const number = function () {
    all().forEach(function (box, at) {
      const name = nameOf(box) + (at + 1);
      box.dataset.name = name;
      box.querySelector(".box-head label, .label").textContent = name;
      box.querySelector(".remove").setAttribute("aria-label", "Remove " + name);
    });
  };
  const size = function (box) {
    const words = (field(box).value.match(/\S+/g) || []).length;
    box.querySelector(".size").textContent =
      words === 0 ? "" : words.toLocaleString("en") + (words === 1 ? " word" : " words");
  };
  const changed = function () {
    if (!byId("result").hidden) { byId("stale").hidden = false; }
  };
  const add = function (kind) {
    const box = byId(kind + "-box").content.firstElementChild.cloneNode(true);
    const id = nextId;
    nextId += 1;
    box.dataset.kind = kind;
    const label = box.querySelector(".box-head label, .label");
    label.id = "label-" + id;
    box.setAttribute("aria-labelledby", label.id);
    box.querySelector(".problem").id = "problem-" + id;
    const input = field(box);
    if (input) {
      input.id = "field-" + id;
      label.htmlFor = input.id;
      input.addEventListener("input", function () {
        clear(box);
        changed();
        if (kind === "text") { size(box); }
      });
    }
    box.querySelector(".remove").addEventListener("click", function () {
      const neighbour = box.nextElementSibling || box.previousElementSibling;
      box.remove();
      changed();
      while (all().length < 2) { add("text"); }
      number();
      const next = neighbour && neighbour.isConnected ? neighbour : boxes.firstElementChild;
      (field(next) || next.querySelector(".remove")).focus();
    });
    boxes.append(box);
    number();
    return box;
  };
  // An empty box that nobody has written into makes room.
  const makeRoom = function () {
    const empty = all().reverse().find(function (box) {
      return box.dataset.kind === "text" && !box.querySelector("textarea").value.trim() &&
        !Array.from(box.querySelectorAll(".fields input")).some(function (each) { return each.value.trim(); });
    });
    if (empty) { empty.remove(); }
  };
  const addFiles = function (list) {
    Array.from(list).forEach(function (file) {
      makeRoom();
      const box = add("file");
      files.set(box, file);
      box.querySelector(".file-name").textContent = file.name;
      const kilobytes = file.size / 1000;
      box.querySelector(".size").textContent = kilobytes < 1000 ?
        Math.max(1, Math.round(kilobytes)) + " kB" : (kilobytes / 1000).toFixed(1) + " MB";
    });
    while (all().length < 2) { add("text"); }
    number();
    changed();
    say(list.length === 1 ? "1 file added" : list.length + " files added");
  };

  // What is wrong, in words, where it belongs.
  const say = function (words) { byId("said").textContent = words; };
  const clear = function (box) {
    box.classList.remove("wrong");
    box.querySelector(".problem").hidden = true;
    box.querySelector(".note").hidden = true;
    const input = field(box);
    if (input) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };
  const complain = function (box, words) {
    const problem = box.querySelector(".problem");
    box.classList.add("wrong");
    problem.textContent = words.charAt(0).toUpperCase() + words.slice(1);
    problem.hidden = false;
    const input = field(box);
    if (input) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", problem.id);
    }
  };
  const complainOfAll = function (words) {
    byId("whole").textContent = words.charAt(0).toUpperCase() + words.slice(1);
    byId("whole").hidden = false;
  };
  const complaints = function (items, sent) {
    const told = [];
    items.forEach(function (item) {
      const box = item.at === null ? null : sent[item.at];
      if (!box || !box.isConnected) { complainOfAll(item.problem); return; }
      complain(box, item.problem);
      told.push(box);
    });
    if (told.length) {
      (field(told[0]) || told[0].querySelector(".remove")).focus();
      say(told.map(function (box) {
        return box.dataset.name + ": " + box.querySelector(".problem").textContent;
      }).join(". "));
    }
  };
  const notes = function (items, sent) {
    items.forEach(function (item) {
      const box = sent[item.at];
      if (!box || !box.isConnected) { return; }
      const note = box.querySelector(".note");
      note.textContent = (note.hidden ? "" : note.textContent + ". ") + item.problem;
      note.hidden = false;
    });
  };

  // What is handed in.
  const bytesOf = function (file) {
    return new Promise(function (resolve, reject) {
      const reader = new FileReader();
      reader.onload = function () { resolve(reader.result.slice(reader.result.indexOf(",") + 1)); };
      reader.onerror = function () { reject(reader.error); };
      reader.readAsDataURL(file);
    });
  };
  const piece = async function (box) {
    if (box.dataset.kind === "file") {
      const file = files.get(box);
      return { kind: "file", name: file.name, data: file.size ? await bytesOf(file) : "" };
    }
    const value = field(box).value;
    if (box.dataset.kind === "address") { return { kind: "address", address: value }; }
    const said = { kind: "text", id: box.dataset.name, text: value };
    box.querySelectorAll(".fields input").forEach(function (input) {
      if (input.value.trim()) { said[input.name] = input.value.trim(); }
    });
    return said;
  };
  const isEmpty = function (box) {
    return box.dataset.kind !== "file" && !field(box).value.trim();
  };
  const collect = async function () {
    const sent = all().filter(function (box) { return !isEmpty(box); });
    const onlyFiles = sent.length > 0 && sent.every(function (box) { return box.dataset.kind === "file"; });
    if (sent.length < 2 && !onlyFiles) {
      const empty = all().find(isEmpty) || add("text");
      complain(empty, sent.length === 0 ?
        "Paste a text here" : "Paste a second text here: one text has nothing to be compared with");
      field(empty).focus();
      say(empty.querySelector(".problem").textContent);
      return null;
    }
    if (sent.length > maxTexts) {
      complainOfAll(sent.length + " texts are more than " + maxTexts + "; remove some, or start lineage serve with a larger --max-texts");
      return null;
    }
    const handed = [];
    for (const box of sent) {
      try {
        handed.push(await piece(box));
      } catch (error) {
        complain(box, "The file cannot be read any more; add it again");
        return null;
      }
    }
    const body = new Blob([JSON.stringify(handed)]);
    if (body.size > maxBytes) {
      complainOfAll("The texts have " + (body.size / 1e6).toFixed(1) + " MB, more than " + maxBytes / 1e6 + "; remove some, or start lineage serve with a larger --max-mb");
      return null;
    }
    return { sent: sent, body: body };
  };

  // A trace.
  const show = function (event) {
    const bar = byId("bar");
    const words = event.event === "waiting" ?
      "Waiting for another trace to end" : STAGES[event.what] || event.what;
    if (byId("stage").textContent !== words) { byId("stage").textContent = words; }
    if (event.event === "progress" && event.total > 1) {
      bar.max = event.total;
      bar.value = event.done;
      byId("count").textContent = event.done.toLocaleString("en") + " of " + event.total.toLocaleString("en");
    } else {
      bar.removeAttribute("value");
      byId("count").textContent = "";
    }
  };
  const finish = function (event, sent) {
    byId("alone").href = event.report;
    byId("save").href = event.report;
    byId("report").src = event.report;
    byId("stale").hidden = true;
    byId("result").hidden = false;
    document.body.classList.add("traced");
    document.title = event.verdict;
    notes(event.notes, sent);
    sent.forEach(function (box) {
      if (field(box)) { field(box).scrollTop = 0; }
    });
    // The answer is the first thing to be seen: beside the texts where there is room, or below.
    if (window.matchMedia("(min-width: 68rem)").matches) { window.scrollTo(0, 0); }
    else { byId("result").scrollIntoView(); }
    byId("result-title").focus({ preventScroll: true });
    say("Done. " + event.verdict);
  };
  const take = function (event, sent) {
    if (event.event === "done") { finish(event, sent); }
    else if (event.event === "refused") { complaints(event.items, sent); }
    else if (event.event === "failed") { complainOfAll(event.problem); }
    else { show(event); return false; }
    return true;
  };
  const read = async function (answer, sent) {
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    let ended = false;
    for (;;) {
      const part = await reader.read();
      if (part.done) { break; }
      const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
      rest = lines.pop();
      lines.forEach(function (line) { ended = take(JSON.parse(line), sent) || ended; });
    }
    if (!ended) { complainOfAll("The server ended before the trace was done; start lineage serve again"); }
  };
  const trace = async function () {
    if (running) { return; }
    running = new AbortController();
    const mine = running;
    all().forEach(clear);
    byId("whole").hidden = true;
    byId("trace").disabled = true;
    try {
      const handed = await collect();
      if (!handed) { return; }
      byId("running").hidden = false;
      show({ event: "progress", what: "reading", done: 0, total: 0 });
      byId("running").scrollIntoView({ block: "nearest" });
      byId("stop").focus({ preventScroll: true });
      const answer = await fetch("trace", {
        method: "POST",
        body: handed.body,
        headers: { "Content-Type": "application/json" },
        signal: mine.signal
      });
      if (answer.ok) {
        await read(answer, handed.sent);
      } else {
        const said = await answer.json();
        complaints(said.items.length ? said.items : [{ at: null, problem: said.error }], handed.sent);
      }
    } catch (error) {
      if (mine.signal.aborted) {
        say("Stopped");
      } else {
        complainOfAll("The server does not answer; start lineage serve again and open its new address");
      }
    } finally {
      const hadFocus = document.activeElement === byId("stop");
      running = null;
      byId("running").hidden = true;
      byId("trace").disabled = false;
      if (hadFocus) { byId("trace").focus({ preventScroll: true }); }
    }
  };

  byId("form").addEventListener("submit", function (event) {
    event.preventDefault();
    trace();
  });
  byId("form").addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); trace(); }
  });
  byId("stop").addEventListener("click", function () { if (running) { running.abort(); } });
  byId("add-text").addEventListener("click", function () { field(add("text")).focus(); });
  byId("add-files").addEventListener("click", function () { byId("files").click(); });
  byId("files").addEventListener("change", function (event) {
    addFiles(event.target.files);
    event.target.value = "";
  });
  byId("add-address").addEventListener("click", function () {
    makeRoom();
    const box = add("address");
    while (all().length < 2) { add("text"); }
    field(box).focus();
  });
  const carriesFiles = function (event) {
    return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  };
  document.addEventListener("dragover", function (event) {
    if (carriesFiles(event)) { event.preventDefault(); document.body.classList.add("dropping"); }
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) { document.body.classList.remove("dropping"); }
  });
  document.addEventListener("drop", function (event) {
    document.body.classList.remove("dropping");
    if (carriesFiles(event)) { event.preventDefault(); addFiles(event.dataTransfer.files); }
  });

  byId("add-address").hidden = !withAddresses;
  byId("fetches").hidden = !withAddresses;
  add("text");
  add("text");
  field(boxes.firstElementChild).focus({ preventScroll: true });
})();
