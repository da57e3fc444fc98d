void cover(inout Skin k, float metres) { // the spokes are nearly blurred to a disc: a wheel turns a quarter between two frames
  float axle = abs(O.z - wheel.x) < abs(O.z - wheel.y) ? wheel.x : wheel.y;
  vec2 d = vec2(O.z - axle, O.y - wheel.z); float r = length(d) / wheel.z, turn = atan(d.y, d.x);
  k.colour = vec3(.018); k.gloss = .03; k.rough = 12.; k.mirror = .25; k.lacquer = 0.;
  if (r < .66 && abs(ON.x) > .3) {
    float spoke = mix(.5, smoothstep(-.1, .35, cos(turn * spokes + number)), .3), rim = max(smoothstep(.50, .56, r), 1. - smoothstep(.16, .2, r));
    float m = max(spoke * step(.1, r), rim);
    k.colour = mix(vec3(.012), vec3(.42, .43, .45), m); k.gloss = mix(.02, .4, m); k.rough = 30.; k.mirror = .5 * m;
  }
  k.open = mix(.25, 1., smoothstep(-.1, .35, 1. - O.y / (2. * wheel.z))) * .7;
}

