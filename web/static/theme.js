// Sets theme and density before the first paint, so that nothing flashes.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('otklik.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('otklik.density') === 'compact') root.dataset.density = 'compact';
  } catch {
    root.dataset.storage = 'none';
  }
})();
