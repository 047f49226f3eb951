// openapi.json (3.1) from the list of endpoints.
import type { Binding } from '../action.ts'
import { wireSchema } from './schemas.ts'

type Json = Record<string, unknown>

type ObjectSchema = { properties?: Record<string, Json>; required?: string[] }

function parameters(schema: Json, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schema as ObjectSchema
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required.includes(name) && !('default' in property)),
    schema: property,
  }))
}

const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }

function operation(binding: Binding, domain: string): Json {
  const { endpoint } = binding
  const params = endpoint.params === undefined ? [] : parameters(wireSchema(endpoint.params), 'path')
  const query = endpoint.query === undefined ? [] : parameters(wireSchema(endpoint.query), 'query')
  const keyed =
    endpoint.method === 'GET'
      ? []
      : [{ $ref: '#/components/parameters/IdempotencyKey' }, { $ref: '#/components/parameters/IfMatch' }]
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [domain],
    'x-access': endpoint.access,
    'x-refusals': endpoint.refusals,
    security: endpoint.access === 'public' ? [] : [{ session: [] }],
    parameters: [...params, ...query, ...keyed],
    ...(endpoint.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: wireSchema(endpoint.body) } } } }),
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: wireSchema(endpoint.output) } } },
      ...(endpoint.access === 'public'
        ? {}
        : { 401: { description: 'Not signed in', ...problem }, 403: { description: 'Not permitted', ...problem } }),
      ...(endpoint.refusals.length > 0 || endpoint.method !== 'GET'
        ? { 409: { description: 'Not possible now', ...problem } }
        : {}),
      422: { description: 'Faulty input: every faulty field', ...problem },
    },
  }
}

/** The whole document; `domainOf` gives each endpoint its tag. */
export function openapiOf(bindings: readonly Binding[], domainOf: (name: string) => string, version: string): Json {
  const paths: Record<string, Json> = {}
  for (const binding of bindings) {
    const path = `/api${binding.endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = {
      ...paths[path],
      [binding.endpoint.method.toLowerCase()]: operation(binding, domainOf(binding.endpoint.name)),
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: '联动 Liandong', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'liandong_session' } },
      parameters: {
        IdempotencyKey: { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 200 } },
        IfMatch: { name: 'If-Match', in: 'header', schema: { type: 'string', pattern: '^"\\d+"$' } },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            requestId: { type: 'string' },
            possible: { type: 'array', items: { type: 'string' } },
            fields: {
              type: 'array',
              items: {
                type: 'object',
                properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}
