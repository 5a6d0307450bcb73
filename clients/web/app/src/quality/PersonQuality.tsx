import type { QualityLayers, QualitySample } from "@parley/client";
import { Avatar } from "@parley/ui";
import { CircleCheck, CircleMinus, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import styles from "./quality.module.css";
import { columnCount, columnsOf, summaryOf, verdictOf, type Column, type Sitting } from "./timeline";
import { useFigures } from "./useFigures";

const HEIGHT = 28;
const LAYERS = ["f", "h", "q", "single", "held"] as const satisfies readonly (keyof QualityLayers)[];
const ICONS = { good: CircleCheck, fair: CircleMinus, poor: TriangleAlert };

interface PersonQualityProps {
  name: string;
  samples: readonly QualitySample[];
  sitting: Sitting;
  bucketMillis: number;
}

/** One person's line: a verdict and figures, a picture of the whole time, and the same as a table. */
export function PersonQuality({ name, samples, sitting, bucketMillis }: PersonQualityProps) {
  const { t, i18n } = useTranslation();
  const figures = useFigures();
  const [open, setOpen] = useState(false);
  const count = columnCount(sitting, bucketMillis);
  const columns = useMemo(() => columnsOf(samples, sitting, count), [samples, sitting, count]);
  const summary = useMemo(() => summaryOf(samples), [samples]);
  const clock = new Intl.DateTimeFormat(localeOf(i18n.language), { timeStyle: "short" });
  const Icon = ICONS[summary.verdict];
  const facts = [
    `${t("quality.sum.loss")} ${figures.percent(summary.loss)}`,
    `${t("quality.sum.trip")} ${figures.millis(summary.roundTripMillis)}`,
    `${t("quality.sum.up")} ${figures.rate(summary.upBps)}`,
    `${t("quality.sum.down")} ${figures.rate(summary.downBps)}`,
    t("quality.sum.freezes", { count: summary.freezes }),
  ];
  return (
    <section className={styles["person"]} aria-label={name} data-testid="quality-person">
      <header className={styles["head"]}>
        <Avatar name={name} size="small" />
        <h2 className={styles["name"]}>{name}</h2>
        <span className={styles["verdict"]} data-verdict={summary.verdict}>
          <Icon size={16} aria-hidden="true" />
          {t(`quality.verdict.${summary.verdict}`)}
        </span>
        <ul className={styles["facts"]}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </header>
      <div
        role="img"
        aria-label={t("quality.picture", {
          name,
          from: clock.format(sitting.fromMillis),
          to: clock.format(sitting.toMillis),
          verdict: t(`quality.verdict.${summary.verdict}`),
          facts: facts.join(", "),
        })}
        className={styles["picture"]}
      >
        <Picture columns={columns} />
        <div className={styles["axis"]} aria-hidden="true">
          <span>{clock.format(sitting.fromMillis)}</span>
          <span>{clock.format((sitting.fromMillis + sitting.toMillis) / 2)}</span>
          <span>{clock.format(sitting.toMillis)}</span>
        </div>
      </div>
      <details className={styles["details"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("quality.table")}</summary>
        {open ? <Table name={name} columns={columns} sitting={sitting} bucketMillis={bucketMillis} /> : null}
      </details>
    </section>
  );
}

/** The lanes, one under the other on the same time. */
function Picture({ columns }: { columns: readonly (Column | undefined)[] }) {
  const { t } = useTranslation();
  const figures = useFigures();
  const most = (value: (column: Column) => number, atLeast: number) =>
    Math.max(atLeast, ...columns.map((column) => (column ? value(column) : 0)));
  const loss = most((column) => column.loss, 0.05);
  const trip = most((column) => column.roundTripMillis ?? 0, 100);
  const rate = most((column) => Math.max(column.upBps, column.downBps), 100_000);
  const pictures = most(({ layers }) => LAYERS.reduce((sum, layer) => sum + layers[layer], 0), 1);
  const upTo = (value: string | number) => t("quality.most", { value });
  const lanes: Lane[] = [
    {
      name: "loss",
      top: upTo(figures.percent(loss)),
      bars: (column) => [{ tone: verdictOf(column.loss), share: column.loss / loss }],
    },
    {
      name: "trip",
      top: upTo(figures.millis(trip)),
      bars: ({ roundTripMillis = 0 }) => [
        { tone: verdictOf(0, roundTripMillis), share: roundTripMillis / trip },
      ],
    },
    {
      name: "up",
      top: upTo(figures.rate(rate)),
      bars: ({ upBps }) => [{ tone: "rate", share: upBps / rate }],
    },
    {
      name: "down",
      top: upTo(figures.rate(rate)),
      bars: ({ downBps }) => [{ tone: "rate", share: downBps / rate }],
    },
    { name: "freezes", top: "", bars: ({ freezes }) => [{ tone: "poor", share: freezes > 0 ? 0.85 : 0 }] },
    {
      name: "layers",
      top: upTo(pictures),
      bars: ({ layers, direct }) => [
        ...LAYERS.map((layer) => ({ tone: layer, share: layers[layer] / pictures })),
        { tone: "direct", share: direct ? 1 / pictures : 0 },
      ],
    },
  ];
  const shownLayers = [
    ...LAYERS.filter((layer) => columns.some((column) => column && column.layers[layer] > 0)),
    ...(columns.some((column) => column?.direct) ? ["direct"] : []),
  ];
  return (
    <div aria-hidden="true">
      {lanes.map((lane) => (
        <div className={styles["lane"]} key={lane.name}>
          <span className={styles["laneName"]}>
            {t(`quality.lane.${lane.name}`)}
            <small>{lane.top}</small>
          </span>
          <svg
            viewBox={`0 0 ${columns.length} ${HEIGHT}`}
            preserveAspectRatio="none"
            className={styles["drawing"]}
          >
            {pathsOf(columns, lane.bars).map(([tone, path]) => (
              <path key={tone} d={path} data-tone={tone} />
            ))}
          </svg>
        </div>
      ))}
      {shownLayers.length > 0 ? (
        <ul className={styles["legend"]}>
          {shownLayers.map((layer) => (
            <li key={layer} data-tone={layer}>
              {t(`quality.layer.${layer}`)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface Bar {
  tone: string;
  /** Of the lane's height, 0 to 1. */
  share: number;
}

interface Lane {
  name: string;
  top: string;
  /** Stacked, the lowest first. */
  bars: (column: Column) => readonly Bar[];
}

/** One path for each tone: a meeting of a hundred people has a hundred thousand bars. */
function pathsOf(columns: readonly (Column | undefined)[], bars: Lane["bars"]): [string, string][] {
  const paths = new Map<string, string>();
  const draw = (tone: string, x: number, top: number, bottom: number) =>
    paths.set(tone, `${paths.get(tone) ?? ""}M${x} ${bottom}V${top.toFixed(2)}h1.02V${bottom}z`);
  columns.forEach((column, x) => {
    if (!column) return;
    // That something is known of this time, however little it was.
    draw("known", x, HEIGHT - 1, HEIGHT);
    let bottom = HEIGHT;
    for (const { tone, share } of bars(column)) {
      if (share <= 0) continue;
      const top = Math.max(0, Math.min(bottom - 1.5, bottom - share * HEIGHT));
      draw(tone, x, top, bottom);
      bottom = top;
    }
  });
  return [...paths];
}

/** What the picture shows, to be read. */
function Table({
  name,
  columns,
  sitting,
  bucketMillis,
}: {
  name: string;
  columns: readonly (Column | undefined)[];
  sitting: Sitting;
  bucketMillis: number;
}) {
  const { t, i18n } = useTranslation();
  const figures = useFigures();
  const step = (sitting.toMillis - sitting.fromMillis) / columns.length;
  const clock = new Intl.DateTimeFormat(localeOf(i18n.language), {
    timeStyle: step < 60_000 || bucketMillis < 60_000 ? "medium" : "short",
  });
  const picturesOf = ({ layers, direct }: Column) =>
    direct
      ? t("quality.layer.direct")
      : LAYERS.filter((layer) => layers[layer] > 0)
          .map((layer) => `${t(`quality.layer.${layer}`)} ${layers[layer]}`)
          .join(", ") || "–";
  return (
    <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("quality.tableOf", { name })}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            {["time", "upLoss", "downLoss"].map((key) => (
              <th key={key} scope="col">
                {t(`quality.${key}`)}
              </th>
            ))}
            {["trip", "up", "down", "freezes", "layers"].map((key) => (
              <th key={key} scope="col">
                {t(`quality.lane.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, x) =>
            column ? (
              <tr key={x}>
                <th scope="row">{clock.format(sitting.fromMillis + x * step)}</th>
                <td>{figures.percent(column.upLoss)}</td>
                <td>{figures.percent(column.downLoss)}</td>
                <td>{figures.millis(column.roundTripMillis)}</td>
                <td>{figures.rate(column.upBps)}</td>
                <td>{figures.rate(column.downBps)}</td>
                <td>{column.freezes}</td>
                <td>{picturesOf(column)}</td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </div>
  );
}
