// A board on the screen: its content as it is being composed, and what to do when somebody else was faster.
import { Problem } from '$lib/api/problem';
import { loadBoard, saveBoard, type Board, type Content } from './wire';

export class Composer {
  board = $state.raw() as Board;
  /** What is on the screen: the stored content, or what it is being changed to. */
  content = $state.raw() as Content;
  editing = $state(false);
  busy = $state(false);
  /** Another one's version, while ours is not saved. */
  newer = $state.raw<Board | null>(null);

  readonly isChanged = $derived(JSON.stringify(this.content) !== JSON.stringify(this.board.content));

  constructor(board: Board) {
    this.show(board);
  }

  /** Another board, or the same one as it is stored now. */
  show(board: Board): void {
    this.board = board;
    this.content = board.content;
    this.editing = false;
    this.newer = null;
  }

  change(change: Partial<Content>): void {
    this.content = { ...this.content, ...change };
  }

  /** True when it was taken; false when somebody else has changed the board meanwhile. */
  async save(version = this.board.version): Promise<boolean> {
    this.busy = true;
    try {
      this.show(await saveBoard(this.board.id, version, this.content));
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'stale') throw error;
      this.newer = await loadBoard(this.board.id);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
