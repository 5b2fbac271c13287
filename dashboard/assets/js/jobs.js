/* Long work in the background: an element with data-job starts it, shows how far it is, ends it, and has the view answered
   again once it is done. What it says comes from the server, in data-job-said. No text becomes HTML. */
(function () {
  "use strict";

  const FIRST_MS = 400;
  const LONGEST_MS = 4000;
  const OVER = ["done", "cancelled", "failed"];

  /* ---- pure ---------------------------------------------------------------------------------------------------- */

  /* After how many milliseconds to ask again: ever more rarely, from the first pause to the longest. */
  function pauseAfter(pause) {
    return pause ? Math.min(Math.round(pause * 1.4), LONGEST_MS) : FIRST_MS;
  }

  function percent(told) {
    return told.total > 0 ? Math.floor((100 * told.done) / told.total) : 0;
  }

  /* What is written of a job as it stands: {state, done, total, ahead, reason}; "" where it was never asked for. */
  function words(told, said) {
    const key = { waiting: told.ahead ? "waiting" : "starting", running: told.total ? "running" : "starting" }[told.state];
    const text = said[key || (told.state === "failed" ? `failed_${told.reason}` : told.state)] || "";
    return text.replace("{done}", told.done).replace("{total}", told.total).replace("{ahead}", told.ahead);
  }

  /* What is read aloud: at every change of state, and of one that runs at each quarter alone. */
  function aloud(told, said) {
    if (told.state !== "running" || !told.total) return words(told, said);
    return percent(told) < 25 ? said.begun : said.part.replace("{percent}", Math.floor(percent(told) / 25) * 25);
  }

  /* ---- what is seen -------------------------------------------------------------------------------------------- */

  function made(tag, attributes, text) {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function shown(node, part) {
    return node.querySelector(`.job-${part}`);
  }

  /* The parts of an element, made once: later only their words and what is hidden change, so that the focus stays. */
  function furnished(node, job) {
    if (shown(node, "start")) return;
    const start = made("button", { type: "button", class: "button job-start" });
    const cancel = made("button", { type: "button", class: "button job-cancel" });
    const bar = made("div", { class: "job-bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" });
    bar.append(made("span", { class: "job-part" }));
    start.addEventListener("click", () => begin(node));
    cancel.addEventListener("click", () => end(node));
    node.append(made("p", { class: "job-words" }), bar, start, cancel, made("p", { class: "unseen job-aloud", role: "status" }));
  }

  function draw(node) {
    const job = jobs.get(node);
    const { told, said } = job;
    furnished(node, job);
    const works = told.state === "waiting" || told.state === "running";
    const focused = node.contains(document.activeElement);
    shown(node, "words").textContent = words(told, said);
    shown(node, "start").textContent = told.state && told.state !== "done" ? said.again : said.start;
    shown(node, "cancel").textContent = said.cancel;
    shown(node, "start").hidden = works || told.state === "done";
    shown(node, "cancel").hidden = !works;
    const bar = shown(node, "bar");
    bar.hidden = told.state !== "running";
    bar.setAttribute("aria-label", said.progress);
    bar.setAttribute("aria-valuenow", String(percent(told)));
    bar.setAttribute("aria-valuetext", words(told, said));
    shown(node, "part").style.width = `${percent(told)}%`;
    const spoken = aloud(told, said);
    if (shown(node, "aloud").textContent !== spoken) shown(node, "aloud").textContent = spoken;
    if (focused && document.activeElement === document.body) (works ? shown(node, "cancel") : node).focus();
    node.setAttribute("data-job-shown", told.state || "none");
  }

  /* ---- asking the server --------------------------------------------------------------------------------------- */

  const jobs = new Map();
  const NONE = { state: "", done: 0, total: 0, ahead: 0, reason: "" };

  function sent(address, body) {
    return window.fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body || {}), cache: "no-store",
    });
  }

  function begin(node) {
    const job = jobs.get(node);
    show(node, job, { ...NONE, state: "waiting" });
    sent("/jobs", { kind: node.getAttribute("data-job"), query: node.getAttribute("data-job-query") })
      .then((answer) => answer.json().then((told) => (answer.ok ? told : { ...NONE, state: "failed", reason: told.reason })))
      .catch(() => ({ ...NONE, state: "failed", reason: "server" }))
      .then((told) => show(node, job, told));
  }

  function end(node) {
    const job = jobs.get(node);
    sent(`/jobs/${job.id}/cancel`)
      .then((answer) => answer.json())
      .then((told) => show(node, job, told))
      .catch(() => show(node, job, { ...NONE, state: "failed", reason: "server" }));
  }

  function look(node, job) {
    if (jobs.get(node) !== job || !node.isConnected) return;
    if (document.visibilityState !== "visible") return; /* looked at again when it is seen again */
    window.fetch(`/jobs/${job.id}`, { cache: "no-store" })
      .then((answer) => (answer.status === 404 ? NONE : answer.json()))
      .then((told) => show(node, job, told))
      .catch(() => wait(node, job)); /* the server may be starting anew: it is asked again */
  }

  function wait(node, job) {
    window.clearTimeout(job.timer);
    job.pause = pauseAfter(job.pause);
    job.timer = window.setTimeout(() => look(node, job), job.pause);
  }

  function show(node, job, told) {
    if (jobs.get(node) !== job) return;
    window.clearTimeout(job.timer);
    if (told.state !== job.told.state) job.pause = 0;
    job.told = told;
    draw(node);
    if (told.state === "waiting" || told.state === "running") wait(node, job);
    if (told.state === "done" && !job.fetched) answered(node, job);
  }

  /* The view is answered again: now its answer holds the result, in the reader's language. */
  function answered(node, job) {
    job.fetched = true;
    window.dash_clientside.set_props(node.getAttribute("data-job-view"), { data: window.location.search.slice(1) });
  }

  /* ---- the elements of the page -------------------------------------------------------------------------------- */

  /* An element whose job is new to it, or which the server has written anew. */
  function attached(node) {
    const [id, state] = ["data-job-id", "data-job-state"].map((name) => node.getAttribute(name));
    const said = JSON.parse(node.getAttribute("data-job-said"));
    const before = jobs.get(node);
    if (before && before.id === id && before.state === state && before.said.start === said.start) return;
    if (before) window.clearTimeout(before.timer);
    const same = before && before.id === id && !(state === "done");
    const told = same ? before.told : { ...NONE, state: state };
    const job = { id: id, state: state, said: said, told: told, pause: 0, timer: 0, fetched: state === "done" };
    jobs.set(node, job);
    draw(node);
    if (told.state && !OVER.includes(told.state)) look(node, job);
  }

  function attach() {
    [...jobs.keys()].filter((node) => !node.isConnected).forEach((node) => jobs.delete(node));
    document.querySelectorAll("[data-job]").forEach(attached);
  }

  new MutationObserver(attach).observe(document.documentElement, {
    childList: true, subtree: true, attributeFilter: ["data-job-id", "data-job-state", "data-job-said"],
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    jobs.forEach((job, node) => {
      job.pause = 0;
      if (job.told.state && !OVER.includes(job.told.state)) look(node, job);
    });
  });

  window.amparo = Object.assign(window.amparo || {}, { jobs: { pauseAfter, percent, words, aloud } });
})();
