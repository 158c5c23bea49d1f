// Topologies as the viewer wants them: what belongs together is found here, and not each time a map is opened.
import { mergeArcs, meshArcs } from "topojson-client";

// Natural Earth cuts these off; for the United Nations they are part of the other.
const PART_OF = { CYN: "CYP", SOL: "SOM" };
const UNDETERMINED = new Set(["SRB XKX", "ESH MAR", "IND KAS", "KAS PAK", "CHN KAS"]);

/** The land, borders and countries of a topology as numbers of its arcs; src/layers/atlas.ts says how. */
export function readWorld(topology) {
  const { countries, land } = topology.objects;
  return {
    scale: topology.transform.scale,
    translate: topology.transform.translate,
    arcs: topology.arcs.map((arc) => arc.flat()),
    land: land.geometries.flatMap(({ type, arcs }) => (type === "Polygon" ? [arcs] : arcs)),
    borders: findBorders(topology, (pair) => !UNDETERMINED.has(pair)),
    undetermined: findBorders(topology, (pair) => UNDETERMINED.has(pair)),
    countries: Object.fromEntries(findCodes(countries).map((code) => [code, mergeCountry(topology, code)])),
  };
}

function findCodes({ geometries }) {
  return [...new Set(geometries.map(codeOf))].filter((code) => code !== "").sort();
}

function mergeCountry(topology, code) {
  return mergeArcs(topology, topology.objects.countries.geometries.filter((part) => codeOf(part) === code)).arcs.flat();
}

function findBorders(topology, accepts) {
  return meshArcs(topology, topology.objects.countries, (left, right) => {
    const codes = [codeOf(left), codeOf(right)];
    return codes[0] !== codes[1] && accepts(codes.sort().join(" "));
  }).arcs;
}

function codeOf({ properties }) {
  const code = properties?.a3 ?? "";
  return PART_OF[code] ?? code;
}
