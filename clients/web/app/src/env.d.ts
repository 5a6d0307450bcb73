/// <reference types="vite/client" />
import type { Meeting } from "@parley/client";

declare global {
  interface Window {
    /** Present only on pages opened with `?diagnostics=1`. */
    parleyTest?: { meeting?: Meeting; clickedAt?: number };
  }
}
