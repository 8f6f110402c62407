import type { Clock } from '../../time/clock.ts';
import type { ExpectedRelease } from '../door-state.ts';
import type { ReportStore } from '../store/report-store.ts';
import type { Access } from './access.ts';
import type { ChangeSource } from './live-board.ts';

export interface WebOptions {
  readonly store: ReportStore;
  readonly clock: Clock;
  /** Port 0 takes any that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  readonly access: Access;
  /** PEM; without it the page is plain HTTP. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Names by which browsers call this page, besides `localhost` and addresses. */
  readonly names?: readonly string[];
  /** Addresses or ranges of proxies whose `X-Forwarded-...` headers are believed. */
  readonly proxies?: readonly string[];
  readonly expected: ExpectedRelease;
  /** IANA name; the viewer's own if not given. */
  readonly timeZone?: string;
  readonly changes: ChangeSource;
  /** Told after enrolling or withdrawing by the page. */
  readonly enrolled?: (line: string) => void;
  readonly trouble: (message: string) => void;
}
