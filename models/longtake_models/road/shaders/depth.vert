in vec3 place; uniform mat4 project, model;
void main() { gl_Position = project * model * vec4(place, 1.); }
