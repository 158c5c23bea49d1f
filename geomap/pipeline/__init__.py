"""From files to the map: the only room that knows every stage."""
