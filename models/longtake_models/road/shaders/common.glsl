// What every surface is seen by: sun, sky, air, lamps and lens. Places are metres from the camera's foot, colours linear.
uniform vec3 eye, ahead, right;
uniform vec3 sun, sunlight, ambient, zenith, horizon, glow, haze, lit, shaded;
uniform float thick, cloud, night, beam, exposure, wet, seed, focal; // focal: pixels a radian
uniform bool linear;                                                 // for the mirror, which the road adds to its own light
uniform sampler2D noise;                                             // fractal, one period in 16
uniform sampler2DShadow shadows;
uniform mat4 sunview;
uniform int cars;
uniform vec4 carplace[16], carturn[16]; // x, z, half width, half length; cosine and sine of the heading
uniform int lamps;
uniform vec3 lampplace[8];

float cloudy(vec2 p) { return texture(noise, p / 16.).r; }
vec3 skyward(vec3 d) {
  float up = max(d.y, 0.);
  vec3 c = mix(horizon, zenith, pow(up, .45));
  float s = max(dot(d, sun), 0.);
  c += glow * (pow(s, 6.) + (1. - cloud) * 5. * pow(s, 200.));
  if (up > .005) {
    vec2 q = d.xz / (up + .12) * 1.1 + seed * 7.;
    float mass = smoothstep(.62 - .35 * cloud, .85 - .2 * cloud, cloudy(q) * 1.05);
    vec3 body = mix(lit, shaded, smoothstep(.5, .95, cloudy(q * 1.3 + 3.) + .2 * cloud));
    c = mix(c, body, mass * smoothstep(0., .15, up) * .85);
  }
  float air = 1. - exp(-thick * 60. / (up + .12)); // the way through low haze
  return mix(c, haze, min(air, 1.) * smoothstep(.004, .03, thick));
}

// What a shining surface reflects: a plain sky, a line of trees, the ground.
vec3 around(vec3 d) {
  float up = max(d.y, 0.), trees = .05 + .30 * textureLod(noise, vec2(atan(d.x, d.z) * .22 + seed, .06), 2.).r;
  vec3 sky = mix(mix(horizon, zenith, sqrt(up)), lit, .35 * cloud * min(1., 4. * up)) + glow * pow(max(dot(d, sun), 0.), 6.);
  vec3 low = mix(vec3(.085, .095, .075), vec3(.20, .20, .205), smoothstep(-.02, -.3, d.y)) * dot(ambient, vec3(.96));
  return mix(low, sky, smoothstep(trees - .03, trees + .03, d.y));
}

float sunny(vec3 p) {
  vec3 c = (sunview * vec4(p, 1.)).xyz * .5 + .5;
  if (any(lessThan(c, vec3(.01))) || any(greaterThan(c, vec3(.99)))) return 1.;
  float sum = 0., o = .7 / 1024.;
  for (int i = -1; i < 2; i += 2) for (int j = -1; j < 2; j += 2) sum += texture(shadows, vec3(c.xy + vec2(i, j) * o, c.z - .0016));
  return sum * .25;
}

// The soft dark under cars: without it they float.
float open(vec3 p) {
  float a = 1.;
  for (int i = 0; i < cars; i++) {
    vec2 d = p.xz - carplace[i].xy;
    if (abs(d.x) > 6. || abs(d.y) > 6.) continue;
    d = vec2(carturn[i].x * d.x - carturn[i].y * d.y, carturn[i].y * d.x + carturn[i].x * d.y);
    vec2 e = abs(d) - carplace[i].zw;
    a *= 1. - .93 * smoothstep(.55, -.30, length(max(e, 0.)) + min(max(e.x, e.y), 0.));
  }
  return a;
}

// Light of the camera's own headlamps and of street lamps on a surface with normal n.
vec3 lamplight(vec3 p, vec3 n) {
  vec3 c = vec3(0.), d = p - eye;
  if (beam > 0.) {
    float z = dot(d, ahead), x = dot(d, right);
    float facing = .35 + .65 * max(dot(n, normalize(-d)), 0.);
    c += beam * exp(-x * x / (14. + z * .9)) * smoothstep(1., 8., z) * exp(-z * .042) * facing * smoothstep(2.6, .6, p.y - eye.y + 1.5 - z * .03) * vec3(1., .93, .82);
  }
  for (int i = 0; i < lamps; i++) {
    vec3 l = lampplace[i] - p;
    float r = dot(l, l);
    c += night * 18. * vec3(1., .80, .52) * max(.25, dot(n, l) * inversesqrt(r)) * smoothstep(900., 100., r) / (r + 12.);
  }
  return c;
}

vec3 misty(vec3 c, float metres) { return mix(haze, c, exp(-metres * thick)); }

vec4 developed(vec3 c, float presence) {
  if (linear) return vec4(sqrt(clamp(c / 8., 0., 1.)), presence);
  c *= exposure;
  c = c * (2.51 * c + .03) / (c * (2.43 * c + .59) + .14);
  return vec4(pow(clamp(c, 0., 1.), vec3(1. / 2.2)), presence);
}
