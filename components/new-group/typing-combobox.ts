import * as combobox from "@zag-js/combobox";

const { implementations } = combobox.machine;
const actions = implementations?.actions ?? {};

/**
 * The library writes what was typed back into the field after each drawing. A letter typed in between was taken away by
 * that, and the next one then stood behind the older text. Here the field is theirs who type: it is only emptied.
 */
export const typingCombobox: typeof combobox.machine = {
  ...combobox.machine,
  implementations: {
    ...implementations,
    actions: {
      ...actions,
      syncInputValue(params) {
        const isTyped = params.event.current().type === "INPUT.CHANGE";
        if (params.context.get("inputValue") === "" && !isTyped) actions["syncInputValue"]?.(params);
      },
    },
  },
};
