"use strict";

const services = ["gateway", "identity", "applications", "portfolio", "documents", "notifications"];
const methods = ["get", "post", "put", "patch", "delete"];

function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

function resolve(schema, document) {
  return schema?.$ref ? schema.$ref.slice(2).split("/").reduce((part, key) => part?.[key], document) : schema;
}

/** Writes a schema the way api.md does: names, types, no ceremony. */
function shape(schema, document, depth = 0) {
  const named = resolve(schema, document);
  if (!named || depth > 5) return "…";
  if (named.enum) return named.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = (named.oneOf ?? named.anyOf)?.filter((choice) => choice.type !== "null");
  if (choices) return choices.map((choice) => shape(choice, document, depth)).join(" | ");
  const types = [named.type].flat().filter(Boolean);
  const optional = types.includes("null") ? " | null" : "";
  const type = types.find((name) => name !== "null");
  if (type === "array") return `[${shape(named.items, document, depth + 1)}]${optional}`;
  if (named.properties) {
    const margin = "  ".repeat(depth + 1);
    const rows = Object.entries(named.properties).map(([key, value]) => `${margin}${key}: ${shape(value, document, depth + 1)}`);
    return `{\n${rows.join(",\n")}\n${"  ".repeat(depth)}}${optional}`;
  }
  return (named.format ?? type ?? "any") + optional;
}

function call(path, method, operation, document) {
  const more = element("div", { className: "more" });
  const parameters = operation.parameters ?? [];
  if (parameters.length > 0) {
    const list = element("dl");
    for (const parameter of parameters) {
      const named = resolve(parameter, document);
      list.append(
        element("dt", {}, element("code", {}, named.name)),
        element("dd", {}, `${named.in}, ${shape(named.schema, document)}${named.required ? "" : ", optional"}`));
    }
    more.append(element("h3", {}, "Parameters"), list);
  }
  for (const [type, content] of Object.entries(resolve(operation.requestBody, document)?.content ?? {}))
    more.append(element("h3", {}, `Request, ${type}`), element("pre", {}, shape(content.schema, document)));
  for (const [status, given] of Object.entries(operation.responses ?? {})) {
    const answer = resolve(given, document);
    const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
    more.append(element("h3", {}, `${status} ${answer.description ?? ""}${type ? `, ${type}` : ""}`));
    if (content?.schema) more.append(element("pre", {}, shape(content.schema, document)));
  }
  if (operation.description) more.prepend(element("p", {}, operation.description));
  const made = element("details", {}, element("summary", {},
    element("b", { className: method }, method.toUpperCase()), element("code", {}, path),
    element("small", {}, operation.summary ?? "")), more);
  made.dataset.words = `${method} ${path} ${operation.summary ?? ""}`.toLowerCase();
  return made;
}

async function show(service) {
  const section = element("section", { id: service });
  const title = element("h2", {}, service, element("a", { href: `/docs/${service}.json` }, "OpenAPI document"));
  section.append(title);
  try {
    const answer = await fetch(`/docs/${service}.json`);
    if (!answer.ok) throw new Error((await answer.json()).title);
    const document = await answer.json();
    for (const [path, item] of Object.entries(document.paths ?? {}))
      for (const method of methods)
        if (item[method]) section.append(call(path, method, item[method], document));
  } catch (error) {
    section.append(element("p", { className: "quiet" }, `Not to be had right now: ${error.message}`));
  }
  return section;
}

document.getElementById("services").append(...services.map((name) => element("a", { href: `#${name}` }, name)));
Promise.all(services.map(show)).then((sections) => {
  document.getElementById("calls").replaceChildren(...sections);
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
document.getElementById("find").addEventListener("input", (event) => {
  const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const section of document.querySelectorAll("section")) {
    let any = words.length === 0;
    for (const details of section.querySelectorAll("details")) {
      details.hidden = !words.every((word) => details.dataset.words.includes(word));
      any ||= !details.hidden;
    }
    section.hidden = !any;
  }
});
