// The meanings that colours may repeat.

export type Tone = 'plain' | 'accent' | 'good' | 'bad' | 'warn' | 'note';
