// The state of one import that is being prepared: the file, how it is read, what its columns become, whence it is.
import { fmt } from '$lib/format';
import { previewImport, saveProfile, startImport, type Channel, type Format, type Profile } from './imports';
import {
  applyKept,
  checkMapping,
  withTarget,
  type ColumnMap,
  type Issue,
  type Mapping,
  type Preview,
  type Target,
} from './mapping';
import { uploadFile, type Upload } from './upload';

export type Step = 'file' | 'columns' | 'source';

export class Wizard {
  step = $state<Step>('file');
  file = $state.raw<File | null>(null);
  upload = $state.raw<Upload | null>(null);
  sent = $state(0);
  preview = $state.raw<Preview | null>(null);
  columns = $state.raw<ColumnMap[]>([]);
  dateFormat = $state<NonNullable<Mapping['date_format']>>('iso');
  decimal = $state<NonNullable<Mapping['decimal']>>('point');
  timeZone = $state(fmt().timeZone ?? 'UTC');
  source = $state('');
  channel = $state<Channel | ''>('');
  profileName = $state('');
  keepsProfile = $state(false);
  busy = $state(false);
  error = $state.raw<unknown>(null);

  /** What is wrong with the first rows under the mapping that was tried last. */
  issues = $state.raw<Issue[]>([]);
  checking = $state(false);

  #sending: AbortController | null = null;
  #trying: AbortController | null = null;
  /** Columns that a person has corrected: another reading of the file keeps what they said. */
  #corrected: ReadonlySet<string> = new Set();
  /** The column whose dates decided the order of day and month. */
  #dateColumn: string | undefined;

  readonly mapping = $derived<Mapping>({
    columns: this.columns,
    date_format: this.dateFormat,
    decimal: this.decimal,
    defaults: { time_zone: this.timeZone },
  });

  async take(file: File): Promise<void> {
    this.stop();
    this.file = file;
    this.upload = null;
    this.preview = null;
    this.sent = 0;
    const sending = new AbortController();
    this.#sending = sending;
    await this.#run(async () => {
      const upload = await uploadFile(file, sending.signal, (sent) => (this.sent = sent));
      this.upload = upload;
      this.#show(await previewImport(upload.upload, null));
      if (this.source === '') this.source = nameOf(file.name);
      this.step = 'columns';
    });
  }

  /** Stops the sending, if it runs, and begins anew. */
  stop(): void {
    this.#sending?.abort();
    this.#sending = null;
    this.busy = false;
    this.error = null;
    this.file = null;
  }

  /** Reads the file again in another way; the columns that are still there keep what a person said of them. */
  async reread(format: Format): Promise<void> {
    const { upload } = this;
    if (!upload) return;
    const corrected = this.columns.filter((map) => this.#corrected.has(map.column));
    await this.#run(async () => {
      this.#show(await previewImport(upload.upload, format));
      this.columns = applyKept(this.columns, corrected);
      this.#corrected = new Set(corrected.map((map) => map.column));
    });
  }

  /** Tries the mapping on the first rows; an earlier try that is still under way is dropped. */
  async check(): Promise<void> {
    const { upload, preview, mapping } = this;
    if (!upload || !preview || preview.refusal || checkMapping(mapping.columns).errors.length > 0) return;
    this.#trying?.abort();
    const trying = new AbortController();
    this.#trying = trying;
    this.checking = true;
    try {
      const tried = { mapping, signal: trying.signal };
      const { issues, date_format } = await previewImport(upload.upload, preview.format, tried);
      if (trying.signal.aborted) return;
      this.issues = issues;
      this.#followDates(dateColumn(mapping.columns), date_format ?? null);
    } catch (error) {
      if (!trying.signal.aborted) this.error = error;
    } finally {
      if (!trying.signal.aborted) this.checking = false;
    }
  }

  setTarget(column: string, target: Target): void {
    const before = this.columns;
    this.columns = withTarget(before, column, target);
    const changed = this.columns
      .filter((map, index) => map.to !== before[index]?.to)
      .map((map) => map.column);
    this.#corrected = new Set([...this.#corrected, ...changed]);
  }

  applyProfile(profile: Profile): void {
    const { mapping } = profile;
    this.columns = applyKept(this.columns, mapping.columns);
    this.#corrected = new Set(this.columns.map((map) => map.column));
    this.dateFormat = mapping.date_format ?? this.dateFormat;
    this.#dateColumn = dateColumn(this.columns);
    this.decimal = mapping.decimal ?? this.decimal;
    this.timeZone = mapping.defaults?.time_zone ?? this.timeZone;
    this.source = profile.source;
    this.channel = profile.channel;
    this.profileName = profile.name;
  }

  /** Answers the id of the import that now runs; undefined when it was refused, with `error` set. */
  async start(): Promise<string | undefined> {
    const { upload, preview, channel } = this;
    if (!upload || !preview || channel === '') return undefined;
    return this.#run(async () => {
      const { mapping } = this;
      const source = this.source.trim();
      if (this.keepsProfile) await saveProfile(this.profileName.trim(), source, channel, mapping);
      return startImport({
        upload: upload.upload,
        file_name: upload.file_name,
        source,
        channel,
        format: preview.format,
        mapping,
      });
    });
  }

  /** Another column became the date: its own order of day and month counts, not that of the column before. */
  #followDates(column: string | undefined, found: Mapping['date_format'] | null): void {
    if (column === this.#dateColumn) return;
    this.#dateColumn = column;
    if (found) this.dateFormat = found;
  }

  #show(preview: Preview): void {
    this.preview = preview;
    this.columns = preview.mapping.columns;
    this.dateFormat = preview.mapping.date_format ?? 'iso';
    this.decimal = preview.mapping.decimal ?? 'point';
    this.issues = preview.issues;
    this.#dateColumn = dateColumn(preview.mapping.columns);
    this.#corrected = new Set();
  }

  async #run<T>(action: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    this.error = null;
    try {
      return await action();
    } catch (error) {
      this.error = error;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}

function dateColumn(columns: ColumnMap[]): string | undefined {
  return columns.find((map) => map.to === 'occurred_at')?.column;
}

/** «reviews_2026.csv.gz» → «reviews 2026»: a name to begin with. */
function nameOf(fileName: string): string {
  return fileName
    .replace(/(\.(csv|tsv|txt|xlsx|json|jsonl|ndjson|gz))+$/i, '')
    .replaceAll('_', ' ')
    .trim();
}
