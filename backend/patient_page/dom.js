// Elements of the page. Texts go in as text alone: nothing that somebody wrote becomes markup.
export const element = (id) => document.getElementById(id);

export function made(name, text, kind) {
  return Object.assign(document.createElement(name), { textContent: text, className: kind || "" });
}

// A picture in the colour of the text beside it; words say the same.
export function icon(name) {
  const drawn = made("i", "", `icon ${name}`);
  drawn.setAttribute("aria-hidden", "true");
  return drawn;
}

export function fact(name, title, text) {
  const line = made("li", "", name);
  const words = made("div", "");
  words.append(made("span", title));
  if (text) words.append(made("span", text, "small"));
  line.append(icon(name), words);
  return line;
}

export function facts(...lines) {
  const list = made("ul", "", "facts");
  list.append(...lines.filter(Boolean));
  return list;
}
