// What a menu is made of: groups of actions, and groups of which one is chosen.
import type { IconName } from '../icons';

export type MenuItem = {
  label: string;
  icon?: IconName;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  onselect: () => void;
};

export type MenuChoice = { value: string; label: string };

export type MenuSection =
  | { items: MenuItem[] }
  | { title: string; value: string; choices: MenuChoice[]; onchoose: (value: string) => void };
