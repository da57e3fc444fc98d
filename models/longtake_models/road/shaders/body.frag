// Panes, lamps, trim, gaps and plates, painted on. Ahead, a car shows its rear or its front; beside us, lamps of both ends.
#ifdef REAR
void tail(inout Skin k, float ax, float y, float w, float b, bool flat_, float metres) {
  float low = b - .27, high = b - .07, inner = w - .46;
  if (rear > 1.5) { low = b - .30; high = b + .12; inner = w - .26; } else if (rear > .5) { low = b - .24; high = b - .10; inner = w - .56; }
  if (dim.z > 1.9) { low = b - .35; high = b + .20; inner = w - .24; }
  float m = within(vec2(ax, y), vec2(inner + .10 * (high - y), low), vec2(w + .1, high)) * smoothstep(.32 + s, .32 - s, O.z), h = (y - low) / (high - low);
  float facet = .7 + .6 * mix(.5, value(vec2(ax * 60., y * 45.)), exp(-metres * .08));
  vec3 red = mix(vec3(.26, .008, .008), vec3(.42, .02, .02), smoothstep(.2, .8, fract(h * 2.))) * facet;
  float white = within(vec2(ax, h), vec2(inner + .05, .18), vec2(w - .10, .42));
  k.colour = mix(k.colour, mix(red, vec3(.5, .45, .42), white * .8), m);
  k.shine += m * (1. - white) * vec3(1., .018, .015) * (.03 + lamp * (.55 + night * 1.9)) * (.5 + .5 * h);
  k.gloss = mix(k.gloss, .06, m); k.rough = mix(k.rough, 160., m); k.lacquer = max(k.lacquer, m);
  // plate in its recess, a small badge, reflectors, exhaust
  float py = pane.x > .3 || rear < 1.5 ? b - .28 : .50; if (dim.z > 1.9) py = .62;
  k.colour *= 1. - .45 * within(vec2(ax, y), vec2(-1., py - .085), vec2(.32, py + .085));
  float plate = within(vec2(ax, y), vec2(-1., py - .056), vec2(.26, py + .056));
  vec3 sign_ = yellow ? vec3(.72, .58, .10) : vec3(.74, .75, .74);
  float text = step(.45, hash(floor(vec2((O.x + .26) * 26. + number * 9., (y - py) * 22.)))) * within(vec2(ax, y), vec2(-1., py - .035), vec2(.21, py + .035));
  sign_ = mix(sign_, vec3(.05), text * .8 * exp(-metres * .04)); if (O.x < -.22) sign_ = mix(sign_, vec3(.03, .08, .4), .8);
  k.colour = mix(k.colour, sign_, plate); k.lacquer *= 1. - plate; k.shine += plate * night * lamp * .12 * sign_;
  k.colour = mix(k.colour, vec3(.5), disc(vec2(O.x, y - (b - .13)), .04) * .8);
  if (flat_) {
    k.colour = mix(k.colour, vec3(.3, .01, .01), within(vec2(ax, y), vec2(w - .34, .46), vec2(w - .12, .495)));
    k.colour = mix(k.colour, vec3(.3), disc(vec2(ax - .5 * w, y - .26), .04) * .6);
  }
}

#endif
#ifdef FRONT
void front(inout Skin k, float ax, float y, float w, float b, vec3 on_, float metres) {
  float h = min(b - .26, .74), lens_, grille, bright; // middle of the headlamps
  float far_ = smoothstep(dim.x - .55 - s, dim.x - .55 + s, O.z);
  if (face < .5) { // tall lamps, a grille between them
    lens_ = within(vec2(ax, y), vec2(w - .50, h - .07), vec2(w + .1, h + .06 + .05 * (ax - w + .4)));
    bright = smoothstep(.13, .03, length(vec2(ax - w + .28, y - h)));
    grille = within(vec2(ax, y), vec2(-1., h - .10), vec2(w - .54, h + .04));
  } else {        // slits that rise outwards, a large mouth below
    float slope = .16 * (ax - w + .3);
    lens_ = within(vec2(ax, y - slope), vec2(w - .58, h - .02), vec2(w + .1, h + .065));
    bright = band(y - slope, h, h + .05) * band(ax, w - .52, w - .10);
    grille = within(vec2(ax, y), vec2(-1., h - .30), vec2(w - .46 - .5 * (h - y), h - .02));
  }
  lens_ *= far_;
  float detail = exp(-metres * .06);
  k.colour = mix(k.colour, vec3(.55, .57, .6) * mix(.85, .4 + .9 * value(vec2(ax * 22., y * 30.)), detail), lens_);
  k.shine += lens_ * lamp * vec3(1., .95, .85) * max(bright, .3 * night) * (1.4 + 5. * night); // at night the whole of it glares
  k.gloss = mix(k.gloss, .08, lens_);
  k.colour = mix(k.colour, vec3(.02) + .12 * mix(.4, step(.6, fract(y * 28.)), detail), grille);
  float mouth = within(vec2(ax, y), vec2(-1., .30), vec2(w - .35, .42));
  k.colour = mix(k.colour, vec3(.012), mouth); k.mirror *= 1. - .8 * max(grille, mouth);
  k.colour = mix(k.colour, vec3(.2), disc(vec2(ax - w + .24, y - .38), .07));
  float plate = within(vec2(ax, y), vec2(-1., .44), vec2(.26, .55)) * step(.7, on_.z);
  k.colour = mix(k.colour, yellow ? vec3(.7, .58, .1) : vec3(.7), plate);
  k.colour = mix(k.colour, vec3(.6), disc(vec2(O.x, y - h + .02), .05));
}

#endif

void cover(inout Skin k, float metres) {
  float w = dim.y * .5, b = dim.w, y = O.y, z = O.z, ax = abs(O.x), px = s / .7; vec3 on_ = normalize(ON);
  bool side = abs(on_.x) > .55, behind = on_.z < -.28 && !side, before = on_.z > .22 && !side, tall = dim.z > 1.9;
  float arch = min(length(vec2(z - wheel.x, y - wheel.z)), length(vec2(z - wheel.y, y - wheel.z))) - wheel.z;
  float middle = mix(wheel.x, wheel.y, .48); // pillar between the doors
  float half_ = tall ? w - .16 - (y - b) * .12 : w - .20 - (y - b) * .30;
  float glass = 0.;
  float back_ = pane.x + .20 + (y - pane.y) * (pane.z - pane.x) / (pane.w - pane.y), fore = screen.x - .22 - (y - screen.y) * (screen.x - screen.z) / (screen.w - screen.y);
  if (panelled) back_ = screen.z - .9;
  if (y > b) {
    if (behind && !panelled) glass = within(vec2(ax, y), vec2(-1., pane.y + .02), vec2(half_, pane.w - .04));
    if (on_.z > .2 && !side && on_.y < .93) glass = within(vec2(ax, y), vec2(-1., screen.y + .02), vec2(half_ + .04, screen.w - .02));
    if (side || (abs(on_.x) > .4 && !behind && !before)) glass = max(glass, within(vec2(z, y), vec2(back_, b + .045), vec2(fore, dim.z - (panelled ? .45 : .10))) * (panelled ? 1. : smoothstep(.035 - s, .035 + s, abs(z - middle))));
  }
  k.open *= mix(.45, 1., smoothstep(.15, .65, y));
  k.colour = mix(k.colour, k.colour * .75, .5 * smoothstep(.6, .25, y)); // dirt of the road
  float trim = smoothstep(s, -s, y - (.36 + .10 * fract(number)));
  if (behind || before) trim = max(trim, within(vec2(ax, y), vec2(-1., 0.), vec2(w - .3, .42)));
  float gw = .011 + px * .25, gap = 0., faint = min(1., .018 / gw);
  if (behind) {
    gap = within(vec2(ax, y), vec2(-1, .655 - gw), vec2(w - .12, .655 + gw));
    if (panelled || rear > .5) gap = max(gap, within(vec2(ax, y), vec2(w - .44 - gw, .66), vec2(w - .44 + gw, b)));
    if (panelled) gap = max(gap, within(vec2(ax, y), vec2(-1., .66), vec2(gw, dim.z - .2)));
  }
  if (side) {
    float doors = band(y, .34, b + .02), skew = .2 * smoothstep(.4, .9, y);
    gap = max(gap, doors * max(smoothstep(gw + s, gw - s, abs(z - middle)), smoothstep(gw + s, gw - s, abs(z - wheel.y + .42))));
    gap = max(gap, doors * smoothstep(gw + s, gw - s, abs(z - wheel.x - .30 - skew)));
    k.colour *= 1. - .4 * min(1., within(vec2(z, y), vec2(middle + .10, b - .16), vec2(middle + .28, b - .12)) + within(vec2(z, y), vec2(middle - .90, b - .16), vec2(middle - .72, b - .12)));
  }
  if (on_.y > .6 && before && z > screen.x + .05) gap = max(gap, smoothstep(gw + s, gw - s, abs(ax - w + .2)));
  k.colour *= 1. - .85 * gap * faint; k.gloss *= 1. - gap * faint;
  k.colour = mix(k.colour, vec3(.022, .022, .024), trim); k.mirror = mix(k.mirror, .25, trim); k.rough = mix(k.rough, 14., trim); k.lacquer = mix(k.lacquer, 0., trim);
  if (behind && !panelled) k.colour = mix(k.colour, vec3(.012), within(vec2(ax, y), vec2(-1., pane.y - .02), vec2(half_ + .05, pane.w)) * .9);
  if (side && y > b && !panelled) k.colour = mix(k.colour, vec3(.015), within(vec2(z, y), vec2(back_ - .06, b + .02), vec2(fore + .06, dim.z - .08)));
#ifdef REAR
  if (on_.z < -.15 || (z < .35 && ax > w - .14)) tail(k, ax, y, w, b, behind, metres);
#endif
#ifdef FRONT
  if (on_.z > .15) front(k, ax, y, w, b, on_, metres);
#endif
  float hollow = smoothstep(.075 + s, .06 - s, arch) * step(.3, ax) * (ax < w - .05 || arch < .05 ? 1. : 0.);
  if (on_.y < -.5) hollow = 1.;
  k.colour = mix(k.colour, vec3(.008), hollow);
  if (hollow > .5) { k.mirror = 0.; k.gloss = 0.; k.lacquer = 0.; }
  if (glass > 0.) { // seen inside: dark, headrests, light from the far window
    vec3 inside = vec3(.018, .02, .022);
    if (behind || before) {
      float far_ = within(vec2(ax, y), vec2(-1., b + .16), vec2(half_ - .16, dim.z - .22));
      inside = mix(inside, vec3(.16, .18, .19) * (ambient + .1), far_ * .75 * (panelled ? 0. : 1.));
      inside = mix(inside, vec3(.02), smoothstep(.13, .10, length(vec2(ax - .38, (y - b - .05) * .85))));
    } else inside = mix(inside, vec3(.10, .11, .115) * (ambient + .05), smoothstep(.2, .8, value(vec2(z * 3. + number, y * 4.))) * .6);
    k.colour = mix(k.colour, inside, glass); k.shine *= 1. - glass;
    k.glass = glass; k.gloss = mix(k.gloss, .05, glass); k.rough = mix(k.rough, 400., glass); k.lacquer = max(k.lacquer, glass);
  }
  if (ax > w + .02 && y > b - .05 && on_.z < -.4) { k.colour = mix(vec3(.02), around(vec3(-.2 * sign(O.x), .15, -1.)), .7); k.mirror = .2; }
}

