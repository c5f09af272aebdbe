// Speaks plain old JavaScript: it must run where the rest of the page cannot. Names the browser (SPB-25).
(function () {
  var KNOWN = [
    ["yandex", "Яндекс Браузер", /YaBrowser\/(\d+)/],
    ["samsung", "Samsung Internet", /SamsungBrowser\/(\d+)/],
    ["opera", "Opera", /(?:OPR|Opera)\/(\d+)/],
    ["edge", "Edge", /(?:Edge|Edg|EdgA|EdgiOS)\/(\d+)/],
    ["internet_explorer", "Internet Explorer", /(?:MSIE |Trident\/.*rv:)(\d+)/],
    ["firefox", "Firefox", /(?:Firefox|FxiOS)\/(\d+)/],
    ["chrome", "Chrome", /(?:Chrome|CriOS)\/(\d+)/],
    ["safari", "Safari", /Version\/(\d+).*Safari/]
  ];
  var agent = navigator.userAgent;
  var here = { code: "unknown", title: "", version: 0, trouble: "", isPhone: /Android|iPhone|iPad|Mobile/.test(agent), isStarted: false };
  for (var place = 0; place < KNOWN.length; place++) {
    var found = KNOWN[place][2].exec(agent);
    if (!found) continue;
    here.code = KNOWN[place][0];
    here.version = Math.min(Number(found[1]), 9999);
    here.title = KNOWN[place][1] + " " + here.version;
    break;
  }
  window.thisBrowser = here;

  // The doctor sees it as the result of the patient's test.
  function tell() {
    var asked = new XMLHttpRequest();
    asked.open("POST", "/patient/api/v1/check");
    asked.setRequestHeader("Content-Type", "application/json");
    asked.setRequestHeader("X-Patient-Token", location.hash.slice(1));
    asked.setRequestHeader("Idempotency-Key", String(Math.random()).slice(2) + String(new Date().getTime()));
    asked.send(JSON.stringify({ findings: [{ part: "browser", cause: "too_old" }], browser: here.code, browser_version: here.version, is_phone: here.isPhone }));
  }

  function say() {
    var notice = document.getElementById("notice");
    notice.className = "notice bad";
    notice.textContent = here.trouble;
    notice.hidden = false;
  }

  var tooOld = (here.title ? "Браузер " + here.title : "Этот браузер") + " слишком старый для видеосвязи. Откройте ссылку в свежем Chrome, Яндекс Браузере, Firefox или Safari.";
  var missing = !window.fetch || !window.RTCPeerConnection || !("noModule" in document.createElement("script"));
  if (missing) here.trouble = tooOld;
  else if (window.isSecureContext === false) here.trouble = "Страница открыта без защиты (http): браузер не даст камеру и микрофон. Попросите у клиники ссылку, которая начинается с https.";
  // What knows modules and not the words of today stumbles over the first of them.
  window.addEventListener("error", function (event) {
    if (here.isStarted || here.trouble || !/SyntaxError/.test(event.message)) return;
    here.trouble = tooOld;
    say();
    tell();
  });
  document.addEventListener("DOMContentLoaded", function () {
    if (here.trouble) say();
    if (missing) tell();
  });
})();
