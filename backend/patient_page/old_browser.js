// Speaks plain old JavaScript: it must run where the rest of the page cannot.
(function () {
  var missing = !window.fetch || !window.RTCPeerConnection || !("noModule" in document.createElement("script"));
  var insecure = !missing && window.isSecureContext === false;
  if (!missing && !insecure) return;
  document.addEventListener("DOMContentLoaded", function () {
    var notice = document.getElementById("notice");
    notice.className = "notice bad";
    notice.textContent = missing
      ? "Этот браузер слишком старый для видеосвязи. Откройте ссылку в свежем Chrome, Яндекс Браузере, Firefox или Safari."
      : "Страница открыта без защиты (http): браузер не даст камеру и микрофон. Попросите у клиники ссылку, которая начинается с https.";
  });
})();
