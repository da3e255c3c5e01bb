interface Cut {
  /** What is in the module's address, with forward slashes. */
  module: string;
  from: string;
  to: string;
}

/**
 * What libraries bring that an extension must not have: ways from text to code or to markup. The browser refuses the
 * first, nothing here uses the second, and whoever reviews the package would have to believe both. And what every page
 * would have to load for nothing.
 */
const CUTS: readonly Cut[] = [
  // Zod tries whether the page lets it make functions from text; each try is a violation of our own policy.
  {
    module: "/zod/v4/core/util.js",
    from: `const F = Function;\n        new F("");\n        return true;`,
    to: "return false;",
  },
  {
    module: "/zod/v4/core/doc.js",
    from: `const F = Function;
        const content = this?.content ?? [\`\`];
        const factory = new F(...Object.keys(this.closed), \`return function (\${this.args.join(", ")}) {\\n\${content.join("\\n")}\\n};\`);
        return factory(...Object.values(this.closed));`,
    to: `throw new Error("no code is made from text here");`,
  },
  // What a script in a page would say of its crash, had a package for stores anything to say it with: nothing, at length.
  {
    module: "virtual:wxt-unlisted-script-entrypoint",
    from: `let result;
	try {
		result = definition.main();
		if (result instanceof Promise) result = result.catch((err) => {
			logger.error(\`The unlisted script "\${import.meta.env.ENTRYPOINT}" crashed on startup!\`, err);
			throw err;
		});
	} catch (err) {
		logger.error(\`The unlisted script "\${import.meta.env.ENTRYPOINT}" crashed on startup!\`, err);
		throw err;
	}
	return result;`,
    to: "return definition.main();",
  },
  {
    module: "/wxt/dist/utils/define-unlisted-script.mjs",
    from: `	if (arg == null || typeof arg === "function") return { main: arg };
	return arg;`,
    to: "return { main: arg };",
  },
  // `dangerouslySetInnerHTML`: a component that tried it would draw nothing.
  { module: "/preact/dist/preact.mjs", from: "(t.innerHTML=h.__html)", to: "void 0" },
];

class CutNotFoundError extends Error {
  override name = "CutNotFoundError";
}

/** Makes the cuts, and fails the build where a library has changed so that one no longer fits. */
export function hardenLibraries() {
  return {
    name: "harden-libraries",
    transform(code: string, id: string): { code: string; map: null } | null {
      const address = id.replaceAll("\\", "/");
      const cuts = CUTS.filter(({ module }) => address.includes(module));
      return cuts.length === 0 ? null : { code: cuts.reduce(makeCut, code), map: null };
    },
  };
}

function makeCut(code: string, { module, from, to }: Cut): string {
  if (code.split(from).length !== 2) throw new CutNotFoundError(`Not exactly once in ${module}: ${from}`);
  return code.replace(from, () => to);
}
