// In a table, a long name breaks where one of its words begins: as "maxResponse" and "Bytes".
for (const code of document.querySelectorAll(".tsd-typography table code")) {
  const name = code.textContent;
  if (name.length < 13) continue;
  const [first, ...rest] = name.split(/(?<=[a-z])(?=[A-Z])|(?<=\w[._/])(?=\w)/);
  code.replaceChildren(first, ...rest.flatMap((word) => [document.createElement("wbr"), word]));
}
