in vec3 place, normal;
uniform mat4 project, model;
out vec3 O, ON, P, N; // in the axes of the thing, and in space
void main() {
  vec4 w = model * vec4(place, 1.);
  O = place; ON = normal; P = w.xyz; N = mat3(model) * normal;
  gl_Position = project * w;
}
