// Places that corrections bring into the map: they follow those of the build, and their rows stay as long as the page.
import type { Anchor, Places, Target } from "../data/corpus";
import { findPoint } from "../geodesy";
import { findKindRow, isAreaFeature } from "../kinds";

interface Added {
  readonly key: string;
  readonly id: string;
  readonly target: Target;
  readonly anchor: Anchor | null;
}

export class AddedPlaces {
  private readonly added: Added[] = [];
  private readonly rows = new Map<string, number>();
  private readonly newCountries: string[] = [];
  private extended: { readonly count: number; readonly places: Places } | null = null;

  constructor(
    private readonly base: Places,
    private readonly baseCountries: readonly string[],
  ) {}

  /** Rows of `Corpus.countries`, those of the build first. */
  get countries(): readonly string[] {
    return [...this.baseCountries, ...this.newCountries];
  }

  /** The row of a place, which is added where the map has none. */
  row(target: Target): number {
    const key = keyOf(target);
    return this.find(key) ?? this.add({ key, id: key, target, anchor: null });
  }

  /** The row of a place that is in the map already, null for one that is not. */
  known(target: Target): number | null {
    return this.find(keyOf(target)) ?? null;
  }

  /** The row of the point that lies from a place as another lay from its anchor. */
  rowFrom(target: Target, { distance, bearing }: Anchor): number {
    const point = findPoint(target, distance, bearing);
    const id = `${target.placeId}@${distance}km,${bearing}`;
    const key = `${id}@${point.latitude},${point.longitude}`;
    const anchor = { placeId: target.placeId, name: target.name, latitude: target.latitude, longitude: target.longitude, distance, bearing };
    return this.find(key) ?? this.add({ key, id, target: { ...target, ...point, name: `${distance} km from ${target.name}`, admin1: "", feature: "" }, anchor });
  }

  /** All places; `mentions` says which mentions each has. */
  all(mentions: (place: number) => Uint32Array): Places {
    if (this.extended?.count !== this.added.length) this.extended = { count: this.added.length, places: this.extend() };
    return { ...this.extended.places, mentions };
  }

  private find(key: string): number | undefined {
    return this.base.find(key) ?? this.rows.get(key);
  }

  private add(place: Added): number {
    const row = this.base.count + this.added.push(place) - 1;
    this.rows.set(place.key, row);
    const { country } = place.target;
    if (!this.countries.includes(country)) this.newCountries.push(country);
    return row;
  }

  private extend(): Places {
    const { base, added } = this;
    const countries = this.countries;
    const targets = added.map(({ target }) => target);
    const isArea = added.map(({ target, anchor }) => Number(anchor === null && isAreaFeature(target.feature || "P", 0)));
    const zeros = added.map(() => 0);
    return {
      ...base,
      count: base.count + added.length,
      id: [...base.id, ...added.map(({ id }) => id)],
      name: [...base.name, ...targets.map(({ name }) => name)],
      kind: Uint8Array.from([...base.kind, ...targets.map(({ feature }) => findKindRow(feature, 0))]),
      country: Uint16Array.from([...Array.from(base.country), ...targets.map(({ country }) => countries.indexOf(country))]),
      admin1: [...base.admin1, ...targets.map(({ admin1 }) => admin1)],
      latitude: Float64Array.from([...base.latitude, ...targets.map(({ latitude }) => latitude)]),
      longitude: Float64Array.from([...base.longitude, ...targets.map(({ longitude }) => longitude)]),
      radius: Float64Array.from([...base.radius, ...zeros]),
      isApproximate: Uint8Array.from([...base.isApproximate, ...zeros]),
      population: Float64Array.from([...base.population, ...zeros]),
      feature: [...base.feature, ...targets.map(({ feature }) => feature)],
      isArea: Uint8Array.from([...base.isArea, ...isArea]),
      hasPolygon: Uint8Array.from([...base.hasPolygon, ...zeros]),
      outline: (place) => (place < base.count ? base.outline(place) : null),
      anchor: (place) => (place < base.count ? base.anchor(place) : (added[place - base.count]?.anchor ?? null)),
      key: (place) => (place < base.count ? base.key(place) : (added[place - base.count]?.key ?? "")),
      find: (key) => this.find(key),
    };
  }
}

function keyOf({ placeId, name, latitude, longitude }: Target): string {
  return placeId || `point:${latitude.toFixed(5)},${longitude.toFixed(5)},${name}`;
}
