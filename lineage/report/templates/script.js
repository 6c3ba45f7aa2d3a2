(function () {
  "use strict";
  var folds = function () { return Array.prototype.slice.call(document.querySelectorAll("details")); };
  var reveal = function () {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target) { target.scrollIntoView({ block: "center" }); }
  };
  var tools = document.createElement("div");
  tools.className = "tools";
  [["Unfold all", true], ["Fold all", false]].forEach(function (pair) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = pair[0];
    button.addEventListener("click", function () {
      folds().forEach(function (fold) { fold.open = pair[1]; });
    });
    tools.appendChild(button);
  });
  document.querySelector("nav").appendChild(tools);
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    folds().forEach(function (fold) { fold.open = true; });
  });
  reveal();
})();
