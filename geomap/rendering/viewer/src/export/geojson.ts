// Points for geographic information systems, RFC 7946: longitude first.
import type { Row } from "./rows";

export function* writeGeoJson(rows: Iterable<Row>): Generator<string> {
  let separator = "";
  yield '{"type":"FeatureCollection","features":[';
  for (const properties of rows) {
    const feature = { type: "Feature", id: properties.mention_id, geometry: { type: "Point", coordinates: [properties.longitude, properties.latitude] }, properties };
    yield `${separator}\n${JSON.stringify(feature)}`;
    separator = ",";
  }
  yield "\n]}\n";
}
