// Leaves are lit a corner, not a pixel: they are small and many.
in vec3 place, normal, leaf; // leaf: u, v and a number of its own; 9: trunk
uniform mat4 project, model;
uniform vec3 colour;
out vec3 U, C; out float far;
void main() {
  vec4 w = model * vec4(place, 1.);
  vec3 n = normalize(mat3(model) * normal);
  far = length(w.xyz - eye);
  vec3 own = leaf.x > 5. ? vec3(.08, .06, .04) : colour * (.55 + .8 * leaf.z) * mix(1., .8, wet);
  vec3 light = sunlight * max(dot(n, sun) * .7 + .3, 0.) * .75 + ambient * (.25 + .75 * smoothstep(-.6, .8, n.y));
  U = leaf;
  C = own * (light + lamplight(w.xyz, n) * 2.);
  gl_Position = project * w;
}
