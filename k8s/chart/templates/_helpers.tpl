{{- define "osteon.name" -}}
{{- .Values.fullnameOverride | default .Release.Name -}}
{{- end -}}

{{/* Labels of an object; the argument is the context and a name. */}}
{{- define "osteon.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: osteon
helm.sh/chart: {{ .context.Chart.Name }}-{{ .context.Chart.Version }}
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
{{- end -}}

{{- define "osteon.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* OpenShift gives each namespace user ids of its own and refuses a pod that names another. */}}
{{- define "osteon.podSecurity" -}}
runAsNonRoot: true
{{- if not .Values.openshift }}
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "osteon.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "osteon.nodeSelector" -}}
{{- $selector := dict -}}
{{- if .Values.arch -}}
{{- $selector = dict "kubernetes.io/arch" .Values.arch -}}
{{- end -}}
{{- toYaml (merge $selector .Values.nodeSelector) -}}
{{- end -}}

{{/* A number of values.yaml is a float to Helm: 10000 must not become 1e+04. */}}
{{- define "osteon.text" -}}
{{- if kindIs "float64" . -}}
{{- if eq (floor .) . -}}{{ printf "%.0f" . }}{{- else -}}{{ . }}{{- end -}}
{{- else -}}
{{ . }}
{{- end -}}
{{- end -}}

{{- define "osteon.properties" -}}
{{- $config := merge (dict "http.port" "8080" "http.metrics.listen" "0.0.0.0:8081") .Values.config -}}
{{- range $key := keys $config | sortAlpha }}
{{ $key }}={{ include "osteon.text" (get $config $key) }}
{{- end }}
{{ end -}}

{{/* Who may be asked for names, brokers and schemas. */}}
{{- define "osteon.egress" -}}
{{- $policy := .Values.networkPolicy -}}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ $policy.dnsNamespace }}}}
  ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
- to:
    {{- include "osteon.peers" $policy.brokers | nindent 4 }}
  ports:
    {{- range $policy.brokers.ports }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
- to:
    {{- include "osteon.peers" $policy.registry | nindent 4 }}
  ports:
    - {protocol: TCP, port: {{ $policy.registry.port }}}
{{- end -}}

{{- define "osteon.peers" -}}
{{- if .cidrs -}}
{{- range .cidrs }}
- ipBlock: {cidr: {{ . }}}
{{- end }}
{{- else }}
- podSelector: {matchLabels: {{ toJson .podLabels }}}
{{- end }}
{{- end -}}

{{/* The deliverer's site keys where there are any, for those who seal what it opens. */}}
{{- define "osteon.siteKeys" -}}
- secret:
    name: {{ .Values.deliverer.secretName }}
    items: [{key: identities, path: identities}]
    optional: true
{{- end -}}
