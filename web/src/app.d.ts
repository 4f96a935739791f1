// Types that SvelteKit asks the application for.
declare global {
  namespace App {
    interface Error {
      message: string;
      code?: string;
      /** What the API answered, where the page's own status cannot say it. */
      status?: number;
    }
  }
}

export {};
