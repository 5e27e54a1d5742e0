import { type ArrayVariable, textIn } from "./array_variable.ts";

/** Units of time in milliseconds (CF conventions, 4.4; UDUNITS). */
const UNITS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  d: 86_400_000,
  hour: 3_600_000,
  hr: 3_600_000,
  h: 3_600_000,
  minute: 60_000,
  min: 60_000,
  second: 1_000,
  sec: 1_000,
  s: 1_000,
  millisecond: 1,
  millisec: 1,
  msec: 1,
  ms: 1,
  microsecond: 1e-3,
  microsec: 1e-3,
  nanosecond: 1e-6,
};

const SINCE =
  /^(\w{1,12}) since (-?\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d{0,9})?)?)?)?\s*(.{0,8})$/i;

/** A day of a calendar: its year, its month from 1, and its day. */
type Day = readonly [year: number, month: number, day: number];

/** How the days of a calendar are counted, and what day a count is. */
interface Calendar {
  countOf(day: Day): number;
  dayAt(count: number): Day;
}

/**
 * The times of a variable by its unit and calendar: `days since 1990-01-01`. A day that our calendar does not have, as
 * 30 February of one with twelve months of thirty days, is the last one of that month. None where they are none.
 */
export function timesOf({ attributes, values }: ArrayVariable, length: number): Date[] {
  const [, unit = "", year, month, day, hour = "0", minute = "0", second = "0", zone = ""] =
    SINCE.exec(textIn(attributes, "units") ?? "") ?? [];
  const size = UNITS[unit.toLowerCase()] ?? UNITS[unit.toLowerCase().replace(/s$/, "")];
  const shift = shiftOf(zone.trim());
  if (size === undefined || year === undefined || shift === undefined) return [];
  const calendar = calendarOf((textIn(attributes, "calendar") ?? "standard").toLowerCase());
  const numbers = values();
  if (calendar === undefined || numbers.length !== length) return [];
  const clock = Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1_000 - shift;
  const begin = calendar.countOf([Number(year), Number(month), Number(day)]);
  const times = Array.from(numbers, (number) => {
    const whole = Math.round(number * size) + clock;
    const days = Math.floor(whole / DAY);
    return dateOf(calendar.dayAt(begin + days), whole - days * DAY);
  });
  return times.every((time) => !Number.isNaN(time.getTime())) ? times : [];
}

const DAY = 86_400_000;

/** What a zone is ahead of UTC, in milliseconds; nothing of what is none. */
function shiftOf(zone: string): number | undefined {
  if (/^(?:|z|utc|gmt)$/i.test(zone)) return 0;
  const [, sign, hours, minutes = "0"] = /^([-+])(\d{1,2}):?(\d\d)?$/.exec(zone) ?? [];
  if (hours === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function dateOf([year, month, day]: Day, milliseconds: number): Date {
  const last = new Date(Date.UTC(2000, month, 0));
  last.setUTCFullYear(year, month, 0);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, Math.min(day, last.getUTCDate()));
  return new Date(date.getTime() + milliseconds);
}

function calendarOf(name: string): Calendar | undefined {
  switch (name) {
    case "standard":
    case "gregorian":
    case "":
      return mixed;
    case "proleptic_gregorian":
      return gregorian;
    case "julian":
      return julian;
    case "noleap":
    case "365_day":
      return yearsOf([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    case "all_leap":
    case "366_day":
      return yearsOf([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    case "360_day":
      return yearsOf(Array.from({ length: 12 }, () => 30));
    default:
      return undefined;
  }
}

/** A calendar whose years are all alike. */
function yearsOf(months: readonly number[]): Calendar {
  const whole = months.reduce((sum, days) => sum + days, 0);
  return {
    countOf: ([year, month, day]) =>
      year * whole + months.slice(0, month - 1).reduce((sum, days) => sum + days, 0) + day - 1,
    dayAt(count) {
      const year = Math.floor(count / whole);
      let left = count - year * whole;
      const month = months.findIndex((days) => {
        if (left < days) return true;
        left -= days;
        return false;
      });
      return [year, month + 1, left + 1];
    },
  };
}

const gregorian: Calendar = {
  countOf([year, month, day]) {
    const date = new Date(0);
    return date.setUTCFullYear(year, month - 1, day) / DAY;
  },
  dayAt(count) {
    const date = new Date(count * DAY);
    return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  },
};

/** 1 January 1970 as a Julian day number, and the steps of Richards' algorithm (Explanatory Supplement, 15.11). */
const EPOCH = 2_440_588;

const julian: Calendar = {
  countOf([year, month, day]) {
    const shift = Math.floor((14 - month) / 12);
    const years = year + 4_800 - shift, months = month + 12 * shift - 3;
    return day + Math.floor((153 * months + 2) / 5) + 365 * years + Math.floor(years / 4) -
      32_083 - EPOCH;
  },
  dayAt(count) {
    const shifted = count + EPOCH + 32_082;
    const years = Math.floor((4 * shifted + 3) / 1_461);
    const rest = shifted - Math.floor(1_461 * years / 4);
    const months = Math.floor((5 * rest + 2) / 153);
    return [
      years - 4_800 + Math.floor(months / 10),
      months + 3 - 12 * Math.floor(months / 10),
      rest - Math.floor((153 * months + 2) / 5) + 1,
    ];
  },
};

/** 15 October 1582, before which the standard calendar is the Julian one. */
const REFORM = gregorian.countOf([1582, 10, 15]);

const mixed: Calendar = {
  countOf(day) {
    const count = gregorian.countOf(day);
    return count >= REFORM ? count : julian.countOf(day);
  },
  dayAt: (count) => count >= REFORM ? gregorian.dayAt(count) : julian.dayAt(count),
};
