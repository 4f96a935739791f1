// One choice of a list: Select, Combobox, MultiSelect, filters.

export type Option = {
  value: string;
  label: string;
  /** Small print beside the label: a count, a path. */
  note?: string;
  disabled?: boolean;
};

/** The options whose label or note contains every typed word, in their own order. */
export function matchOptions(options: Option[], typed: string): Option[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  return options.filter((option) => {
    const text = `${option.label} ${option.note ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
