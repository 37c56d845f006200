/* The fast server of scripts/bench: answers every request on a free port of this machine with one of
   its files, which `page=N` in the request chooses (0 without one), after DELAY_US microseconds.
   Prints the port. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
  char *bytes;
  size_t length;
} *answers;
static int count;
static useconds_t delay;

static int answer(int client, const char *request) {
  const char *page = strstr(request, "page=");
  int number = page ? atoi(page + 5) : 0;
  if (number < 0 || number >= count) number = count - 1;
  const char *next = answers[number].bytes, *end = next + answers[number].length;
  while (next < end) {
    ssize_t sent = send(client, next, end - next, MSG_NOSIGNAL);
    if (sent <= 0) return 0;
    next += sent;
  }
  return 1;
}

static void *serve(void *descriptor) {
  int client = (int)(long)descriptor, one = 1;
  char request[16384];
  size_t length = 0;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  while (length < sizeof request - 1) {
    ssize_t got = recv(client, request + length, sizeof request - 1 - length, 0);
    if (got <= 0) break;
    request[length += got] = 0;
    if (!strstr(request, "\r\n\r\n")) continue;
    if (delay) usleep(delay);
    if (!answer(client, request)) break;
    length = 0;
  }
  close(client);
  return 0;
}

static void load(const char *name, int number) {
  FILE *file = fopen(name, "rb");
  if (!file) exit(1);
  fseek(file, 0, SEEK_END);
  size_t length = ftell(file);
  rewind(file);
  char *bytes = malloc(length + 200);
  int head = sprintf(bytes,
                     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                     "X-Request-Id: req_%d\r\nContent-Length: %zu\r\n\r\n",
                     number, length);
  if (fread(bytes + head, 1, length, file) != length) exit(1);
  fclose(file);
  answers[number].bytes = bytes;
  answers[number].length = head + length;
}

int main(int argc, char **argv) {
  count = argc - 1;
  delay = getenv("DELAY_US") ? atoi(getenv("DELAY_US")) : 0;
  answers = calloc(count, sizeof *answers);
  for (int number = 0; number < count; number++) load(argv[number + 1], number);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(listener, (void *)&address, size) || listen(listener, 512)) return 1;
  getsockname(listener, (void *)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (;;) {
    pthread_t thread;
    long client = accept(listener, 0, 0);
    if (client >= 0 && !pthread_create(&thread, 0, serve, (void *)client)) pthread_detach(thread);
  }
}
